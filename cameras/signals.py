"""News that rooms above may want to hear. Sent after commit, so that a receiver reads what is true."""

from django.dispatch import Signal

# Who may look at a camera, or where its picture comes from, has changed, or the camera is gone: what was given out before is dead.
# Arguments: camera_id (int), public_id (str), epoch (int, the camera's access_epoch from now on).
access_changed = Signal()

"""News that rooms above may want to hear. Sent after commit, so that a receiver reads what is true."""

from django.dispatch import Signal

# Who may look at a camera, or where its picture comes from, has changed, or the camera is gone: what was given out before is dead.
# Arguments: camera_id (int), public_id (str), epoch (int, the camera's access_epoch from now on).
access_changed = Signal()

# The address of a camera is another one than before: what was learnt of the camera behind the old one may not hold any more.
# Arguments: camera_id (int).
source_changed = Signal()

# The address of a camera is another one, so that it may show another place. Sent inside the transaction that changes it, so that both
# hold or none. Arguments: camera_id (int).
address_replaced = Signal()

# Somebody has looked at a camera's view and confirmed it: what it shows from now on is what it is to show. Arguments: camera_id (int),
# needs (frozenset of cameras.models.Need: why it had to be looked at).
view_confirmed = Signal()

"""News that rooms above may want to hear. Sent after commit, so that a receiver reads what is true."""

from django.dispatch import Signal

# What a person is to the neighbourhoods has changed. Arguments: user_id (int); lost: what they may have lost by it, as a Standing
# (empty when they only gained).
standing_changed = Signal()

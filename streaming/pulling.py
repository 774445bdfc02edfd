"""Starts the ffmpeg that pulls one camera: directly, or through a relay where a stranger typed the address."""

from __future__ import annotations

from django.conf import settings

from cameras.addresses import Address, Credentials
from cameras.guarding import rules

from . import command, orphans, still_command
from .child import Child
from .last_words import secret_words
from .relay import Relay
from .treatment import Treatment

SOCKET_TIMEOUT = 5.0


class _RelayedChild(Child):
    def __init__(self, argv: list[str], script: bytes, private: tuple[str, ...], relay: Relay) -> None:
        self._relay = relay
        try:
            super().__init__(argv, script, private=private)
        except OSError:
            relay.close()
            raise

    def stop(self, *, patience: float = 1.0) -> None:
        super().stop(patience=patience)  # its goodbye still goes to the camera
        self._relay.close()


def pull_picture(address: Address, credentials: Credentials) -> Child:
    """The same for one picture, with the longer look, since it is the first that anybody sees of this camera."""
    argv = still_command.picture_of_camera(program=settings.FFMPEG)
    return pull(argv, address, credentials, Treatment(long_look=True))


def pull(argv: list[str], address: Address, credentials: Credentials, treatment: Treatment) -> Child:
    """A child with this command line, whose source it reads on standard input (``command.source_script``).

    Raises: OSError, it cannot be started, or not be recorded.
    """
    relay = Relay(address, rules()) if address.guarded else None
    url = relay.url(credentials) if relay else address.url_with(credentials)
    script = command.source_script(url, timeout_seconds=SOCKET_TIMEOUT, treatment=treatment)
    private = secret_words(address, credentials)
    child = _RelayedChild(argv, script, private, relay) if relay else Child(argv, script, private=private)
    try:
        orphans.remember(settings.HLS_ROOT, child.pid)
    except OSError:
        child.stop()
        raise
    return child

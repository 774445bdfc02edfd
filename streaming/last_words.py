"""What a program said last on standard error, without anything that tells where a camera is or what opens it. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections import deque
from collections.abc import Iterable
from urllib.parse import quote

from cameras.addresses import Address, Credentials, mask

KEPT = 20
# Bytes of a line that is read, and letters of one that is kept.
LONGEST_LINE = 4096
LONGEST_KEPT = 300


def secret_words(address: Address, credentials: Credentials) -> tuple[str, ...]:
    """Every way in which ffmpeg, or a camera whose answer it repeats, may spell out the address or the credentials."""
    words = [address.host, address.target, address.target.partition("?")[0], credentials.username, credentials.password]
    words += [quote(word, safe="") for word in words] + [quote(word) for word in words]
    if credentials:
        # A camera may answer an error by repeating the question, with its header for Basic authentication.
        words.append(b64encode(f"{credentials.username}:{credentials.password}".encode()).decode())
    return tuple(words)


class LastWords:
    """Takes bytes as they come and keeps the last lines, masked."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """*secrets*: words that must not stand in a line, besides all that looks like an address."""
        # The longest first: a user name that is part of the password must not spoil the search for the password.
        self._secrets = sorted({word for word in secrets if len(word) > 1}, key=len, reverse=True)
        self._lines: deque[str] = deque(maxlen=KEPT)
        self._begun, self._too_long = b"", False

    def hear(self, data: bytes) -> None:
        *lines, self._begun = (self._begun + data).split(b"\n")
        for line in lines:
            # Of a line that is too long nothing is kept: its beginning is gone, and a secret may have been cut in two.
            if not self._too_long and line.strip() and len(line) <= LONGEST_LINE:
                self._lines.append(self._masked(line.decode("utf-8", "replace").strip())[:LONGEST_KEPT])
            self._too_long = False
        if len(self._begun) > LONGEST_LINE:
            self._begun, self._too_long = b"", True

    def lines(self) -> list[str]:
        """The last ones, the newest at the end."""
        return list(self._lines)

    def _masked(self, line: str) -> str:
        for word in self._secrets:
            line = line.replace(word, "…")
        return mask(line)

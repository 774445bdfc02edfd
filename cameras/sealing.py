"""Seals what must not be readable in a copy of the database. Pure but for the keys handed in."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class CannotOpen(Exception):
    """None of the keys opens this: the key was lost or changed. The sealed text is not repeated."""


class Seal:
    """Fernet (AES-128-CBC with HMAC) over one or more keys; the first seals, all open, so that keys can be changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key.strip()) for key in keys])

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises: CannotOpen."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise CannotOpen("Sumber kamera tidak dapat dibuka dengan kunci SOURCE_KEY yang ada.") from None

"""Basic and digest authentication (RFC 2617: MD5, with ``qop=auth`` or without), as cameras ask for it."""

from __future__ import annotations

import base64
import binascii
import enum
import hashlib
import hmac
import html
import re
import secrets
from collections.abc import Callable, Mapping

REALM = "Kamera Ronda"
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))')


class Verdict(enum.Enum):
    """What a request's credentials are worth."""

    WELCOME = "welcome"
    STALE = "stale"  # right, but for a nonce that has expired: the client should try again, unasked
    WRONG = "wrong"


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def parse_parameters(text: str) -> dict[str, str]:
    """The parameters of a challenge or an answer, quotes and escapes taken off."""
    return {
        name.lower(): re.sub(r"\\(.)", r"\1", quoted) if quoted or not bare else bare
        for name, quoted, bare in _PAIR.findall(text)
    }


def digest_answer(*, user: str, password: str, method: str, parameters: Mapping[str, str]) -> str:
    """The ``response`` that fits these parameters (realm, nonce, uri and, with qop, nc and cnonce)."""
    first = _md5(f"{user}:{parameters.get('realm', '')}:{password}")
    second = _md5(f"{method}:{parameters.get('uri', '')}")
    middle = parameters.get("nonce", "")
    if parameters.get("qop"):
        middle += f":{parameters.get('nc', '')}:{parameters.get('cnonce', '')}:{parameters['qop']}"
    return _md5(f"{first}:{middle}:{second}")


class Gate:
    """Asks for one user's password. Without a user, everybody is welcome.

    Nonces carry their own birth time under a keyed hash, so nothing is remembered for each; ``clock`` gives seconds.
    """

    def __init__(
        self, *, user: str | None, password: str, clock: Callable[[], float], nonce_lifetime: float = 300.0
    ) -> None:
        self._user = user
        self._password = password
        self._clock = clock
        self._lifetime = nonce_lifetime
        self._key = secrets.token_bytes(16)

    def _sign(self, born: str) -> str:
        return hmac.new(self._key, born.encode(), hashlib.sha256).hexdigest()[:24]

    def _nonce(self) -> str:
        born = format(int(self._clock() * 1000), "x")
        return f"{born}-{self._sign(born)}"

    def challenges(self, *, stale: bool = False) -> list[str]:
        """Values of the ``WWW-Authenticate`` headers, the better scheme first."""
        digest = f'Digest realm="{REALM}", nonce="{self._nonce()}", algorithm=MD5, qop="auth"'
        if stale:
            return [digest + ", stale=true"]
        return [digest, f'Basic realm="{REALM}"']

    def check(self, *, method: str, header: str | None, is_ours: Callable[[str], bool] = lambda uri: True) -> Verdict:
        """Judge an ``Authorization`` header. ``is_ours``: whether a digest's uri means what the request asks for."""
        if self._user is None:
            return Verdict.WELCOME
        scheme, _, rest = (header or "").strip().partition(" ")
        if scheme.lower() == "basic":
            return self._check_basic(rest)
        if scheme.lower() == "digest":
            return self._check_digest(method, parse_parameters(rest), is_ours)
        return Verdict.WRONG

    @property
    def is_open(self) -> bool:
        return self._user is None

    def check_token(self, *, user: str, digest: str, nonce: str, created: str) -> bool:
        """Judge a WS-UsernameToken (OASIS; SHA-1 of nonce, time and password), as ONVIF sends it."""
        if self._user is None:
            return True
        try:
            raw = base64.b64decode(nonce, validate=True)
        except binascii.Error:
            return False
        wanted = hashlib.sha1(raw + created.encode() + self._password.encode(), usedforsecurity=False).digest()
        return _same(html.unescape(user), self._user) & _same(digest, base64.b64encode(wanted).decode())

    def _check_basic(self, given: str) -> Verdict:
        try:
            user, _, password = base64.b64decode(given.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return Verdict.WRONG
        right = _same(user, self._user or "") & _same(password, self._password)
        return Verdict.WELCOME if right else Verdict.WRONG

    def _check_digest(self, method: str, given: Mapping[str, str], is_ours: Callable[[str], bool]) -> Verdict:
        born, _, signature = given.get("nonce", "").partition("-")
        if not _same(signature, self._sign(born)) or given.get("realm") != REALM:
            return Verdict.WRONG
        if given.get("qop", "auth") != "auth" or given.get("algorithm", "MD5").upper() != "MD5":
            return Verdict.WRONG
        if not is_ours(given.get("uri", "")) or not _same(given.get("username", ""), self._user or ""):
            return Verdict.WRONG
        wanted = digest_answer(user=self._user or "", password=self._password, method=method, parameters=given)
        if not _same(given.get("response", "").lower(), wanted):
            return Verdict.WRONG
        return Verdict.STALE if self._clock() - int(born, 16) / 1000 > self._lifetime else Verdict.WELCOME

"""Every way in which a secret may have been written down, and the search for them. Pure."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, quote_plus

# Letters of a piece that still gives a secret away, such as a password that was cut off in the middle.
PIECE = 6


@dataclass(frozen=True)
class Secret:
    """*name* stands in reports; *text* is what must not be found, nor its beginning or its end."""

    name: str
    text: str
    pieces: bool = True


@dataclass(frozen=True)
class Finding:
    """*where* it was found and how it was written there; the secret itself is not repeated."""

    where: str
    secret: str
    spelling: str

    def __str__(self) -> str:
        return f"{self.secret} ({self.spelling}) in {self.where}"


@dataclass(frozen=True)
class Search:
    """The search for *secrets* in bytes."""

    secrets: Iterable[Secret] = field(repr=False)

    @cached_property
    def _needles(self) -> list[tuple[bytes, str, str]]:
        found: dict[bytes, tuple[str, str]] = {}
        for secret in self.secrets:
            for spelling, text in _pieces(secret):
                for how, needle in spellings(text):
                    found.setdefault(needle, (secret.name, f"{spelling}{how}"))
        return [(needle, *said) for needle, said in found.items()]

    def __call__(self, where: str, content: bytes) -> list[Finding]:
        """Once for each secret that *content* holds in any spelling, although it may stand there many times."""
        found: dict[str, Finding] = {}
        for needle, secret, spelling in self._needles:
            if secret not in found and needle in content:
                found[secret] = Finding(where, secret, spelling)
        return list(found.values())


def _pieces(secret: Secret) -> Iterator[tuple[str, str]]:
    yield "", secret.text
    if secret.pieces and len(secret.text) > PIECE:
        yield "beginning, ", secret.text[:PIECE]
        yield "end, ", secret.text[-PIECE:]


# Lower-case hexadecimal digits are as good as upper-case ones.
_HEX = re.compile(r"%[0-9A-F]{2}")

_WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent-encoded": lambda text: quote(text, safe=""),
    "percent-encoded as a path": quote,
    "percent-encoded, small": lambda text: _HEX.sub(lambda found: found[0].lower(), quote(text, safe="")),
    "percent-encoded twice": lambda text: quote(quote(text, safe=""), safe=""),
    "as a form": quote_plus,
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON with escaped slashes": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON within JSON": lambda text: json.dumps(json.dumps(text))[3:-3],
    "JSON without signs of HTML": lambda text: re.sub(r"[<>&@/%#:']", lambda sign: f"\\u{ord(sign[0]):04x}", text),
    "HTML": html.escape,
    "HTML by numbers": lambda text: re.sub(r"[^\w]", lambda sign: f"&#{ord(sign[0])};", text),
    "Python": lambda text: repr(text)[1:-1],
    "hexadecimal": lambda text: text.encode().hex(),
}


def spellings(text: str) -> Iterator[tuple[str, bytes]]:
    """``(how, bytes)`` of every way in which *text* may stand somewhere, some of them the same."""
    for how, write in _WRITTEN.items():
        yield how, write(text).encode()
    yield "UTF-16", text.encode("utf-16-le")
    for inner in {text, json.dumps(text)[1:-1]}:
        for needle in _inside_base64(inner.encode()):
            yield "base64", needle


def _inside_base64(content: bytes) -> Iterator[bytes]:
    """The letters that *content* always becomes, wherever it stands in what is encoded; none for so few that anything has them."""
    for encode in (b64encode, urlsafe_b64encode):
        for offset in range(3):
            letters = encode(b"\0" * offset + content)
            # The letters at both ends depend on the neighbours too.
            first = (offset * 8 + 5) // 6
            last = (offset + len(content)) * 8 // 6
            if last - first >= 7:
                yield letters[first:last]

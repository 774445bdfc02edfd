"""Typed readers of environment variables, which fail loudly.

A wrong value stops the start with the variable's name, what was expected and what to do, never with a default that hides the mistake.
Secrets are read from ``NAME`` or from the file that ``NAME_FILE`` names, so that they need not stand in a process's environment.
"""

import os
from collections.abc import Callable
from datetime import time
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T", int, float)

TRUE_WORDS = frozenset({"1", "true", "yes", "on", "ya"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", "tidak", ""})


def text(name: str, default: str) -> str:
    """The variable's text without surrounding blanks."""
    return os.environ.get(name, default).strip()


def boolean(name: str, default: bool) -> bool:
    word = os.environ.get(name, str(default)).strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {word!r}.")


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at least *least*."""
    return _number(name, default, int, least)


def seconds(name: str, default: float, *, least: float = 0.0) -> float:
    """A length of time in seconds, of at least *least*."""
    return _number(name, default, float, least)


def words(name: str, default: str) -> list[str]:
    """A list separated by commas; empty parts are dropped."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def numbers(name: str, default: str) -> tuple[float, ...]:
    """Numbers separated by commas."""
    try:
        return tuple(float(word) for word in words(name, default))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be numbers separated by commas.") from None


def networks(name: str, default: str) -> list[str]:
    """Networks as CIDR, separated by commas, or the word ``public``."""
    found = words(name, default)
    try:
        return [word if word == "public" else str(ip_network(word)) for word in found]
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be networks such as 10.20.0.0/16, or the word public.") from None


def ports(name: str, default: str) -> list[int]:
    """Port numbers separated by commas."""
    found = words(name, default)
    if not all(word.isascii() and word.isdigit() and 0 < int(word) < 65536 for word in found):
        raise ImproperlyConfigured(f"{name} must be ports separated by commas.")
    return [int(word) for word in found]


def places(name: str, default: str) -> list[str]:
    """``address:port`` pairs separated by commas; IPv6 addresses in brackets."""
    found = words(name, default)
    if not all(map(_is_place, found)):
        raise ImproperlyConfigured(f"{name} must be IP addresses with ports, such as 127.0.0.1:8554.")
    return found


def hours(name: str, default: str) -> tuple[time, time]:
    """From when to when, such as ``22:00-04:00``."""
    try:
        begins, ends = (time.fromisoformat(part.strip()) for part in text(name, default).split("-"))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be hours such as 22:00-04:00.") from None
    return begins, ends


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of *allowed*, in whatever case it is written."""
    word = text(name, default).upper()
    if word not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {word}.")
    return word


def path(name: str, default: Path) -> Path:
    """An absolute path; a leading ``~`` is resolved."""
    raw = os.environ.get(name, "").strip()
    return (Path(raw).expanduser() if raw else default).absolute()


def secret(name: str, default_file: Path) -> str:
    """A secret from ``NAME``, else from ``NAME_FILE``, else from *default_file*.

    Raises:
        ImproperlyConfigured: nothing is there to read. The value never stands in the message.
    """
    if value := os.environ.get(name, "").strip():
        return value
    file = path(f"{name}_FILE", default_file)
    try:
        value = file.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"No {name}: set {name} or {name}_FILE, or let `make run` create {file} ({error.strerror})."
        ) from None
    if not value:
        raise ImproperlyConfigured(f"The file {file} for {name} is empty.")
    return value


def optional_secret(name: str, default_file: Path | None = None) -> str:
    """A secret from ``NAME``, else from the file that ``NAME_FILE`` names, else from *default_file*; empty where there is none."""
    if os.environ.get(name, "").strip() or os.environ.get(f"{name}_FILE", "").strip():
        return secret(name, Path())
    return secret(name, default_file) if default_file is not None and default_file.exists() else ""


def _is_place(word: str) -> bool:
    host, _, port = word.rpartition(":")
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return port.isascii() and port.isdigit() and 0 < int(port) < 65536


def _number(name: str, default: T, kind: Callable[[str], T], least: T) -> T:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        value = kind(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, not {raw!r}.") from None
    if value < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {raw}.")
    return value

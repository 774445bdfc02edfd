"""Official codes and numbers as they are written: ``33.74.01.1001``, ``RT 003 / RW 005``. Pure."""

import re

REGENCY = re.compile(r"\d{2}\.\d{2}")
KECAMATAN = re.compile(r"\d{2}\.\d{2}\.\d{2}")
KELURAHAN = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")


class WrongNumber(ValueError):
    """Not an RT or RW number; the message is for people."""


def three_digits(raw: str) -> str:
    """``"3"``, ``"03"``, ``"RT 3"`` or ``"003"`` as ``"003"``.

    Raises:
        WrongNumber: anything else, and 0.
    """
    match = re.fullmatch(r"(?:R[TW])?[\s.]*(\d{1,3})", raw.strip(), re.IGNORECASE)
    if match is None or int(match[1]) == 0:
        raise WrongNumber(f"“{raw}” bukan nomor RT/RW. Tulis 1 sampai 3 angka, misalnya 003.")
    return match[1].zfill(3)


def parent_code(code: str) -> str:
    """The code one level up: ``33.74.01.1001`` → ``33.74.01``."""
    return code.rpartition(".")[0]

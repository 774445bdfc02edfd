"""The clock that a machine reads: forty black and white blocks along the bottom edge of the picture.

From left to right: start marker (4), tenths of a second since midnight UTC as a Gray code (24, highest first), CRC-8
of those 24 bits (8), end marker (4). Neighbouring times differ in one time bit, so little of the picture changes and
a frame in between two times is never read as a third one. The blocks span the whole width and are at least 8 by 8
pixels in the original, so that the strip survives scaling and a second, coarse encoding.
"""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

DAY = 86_400
_START, _END = "1011", "1101"
_BITS, _CHECK_BITS = 24, 8
BLOCKS = len(_START) + _BITS + _CHECK_BITS + len(_END)
BLACK, WHITE = 20, 215
_SMALLEST_CONTRAST = 40


class ClockUnreadableError(ValueError):
    """The picture has no readable clock strip."""


def strip_height(height: int) -> int:
    """Pixels of a picture's height that belong to the strip; its upper edge lies on a macroblock row."""
    least = max(8, math.ceil(height / 45))
    hidden = -height % 16
    return -(-(hidden + least) // 16) * 16 - hidden


def _checksum(value: int) -> int:
    remainder = value << _CHECK_BITS
    for shift in range(_BITS - 1, -1, -1):
        if remainder >> (shift + _CHECK_BITS) & 1:
            remainder ^= 0x107 << shift
    return remainder ^ 0x55


def encode(seconds: float) -> str:
    """The blocks (``1`` is white) for a time in seconds; only its place within the UTC day counts."""
    tenths = int(seconds * 10 + 1e-6) % (DAY * 10)
    gray = tenths ^ tenths >> 1
    return f"{_START}{gray:0{_BITS}b}{_checksum(gray):0{_CHECK_BITS}b}{_END}"


def draw(image: Image.Image, seconds: float) -> None:
    """Draw the strip into the bottom edge of a whole picture (any mode that takes grey)."""
    paint_blocks(image, encode(seconds), top=image.height - strip_height(image.height))


def paint_blocks(image: Image.Image, blocks: str, *, top: int) -> None:
    """Draw coded blocks over the full width, from the row ``top`` down to the bottom edge."""
    pen = ImageDraw.Draw(image)
    for index, block in enumerate(blocks):
        level = WHITE if block == "1" else BLACK
        fill = level if image.mode == "L" else (level, level, level)
        left, right = (round(image.width * place / BLOCKS) for place in (index, index + 1))
        pen.rectangle((left, top, right - 1, image.height - 1), fill=fill)


def _levels(image: Image.Image) -> list[float]:
    """Mean brightness of each block's middle."""
    grey = image.convert("L")
    band = grey.height / 45
    top = min(int(grey.height - band * 0.75), grey.height - 2)
    bottom = max(top + 1, int(grey.height - band * 0.2))
    row = grey.resize((BLOCKS * 4, 1), Image.Resampling.BOX, box=(0, top, grey.width, bottom)).tobytes()
    return [(row[place * 4 + 1] + row[place * 4 + 2]) / 2 for place in range(BLOCKS)]


def read(image: Image.Image) -> float:
    """Seconds since midnight UTC, in steps of 0.1, that the strip of a picture shows.

    Raises ``ClockUnreadableError`` where there is no strip, or its markers or its checksum do not fit.
    """
    levels = _levels(image)
    darkest, brightest = min(levels), max(levels)
    if brightest - darkest < _SMALLEST_CONTRAST:
        raise ClockUnreadableError("no clock strip in this picture")
    middle = (darkest + brightest) / 2
    blocks = "".join("1" if level > middle else "0" for level in levels)
    if not (blocks.startswith(_START) and blocks.endswith(_END)):
        raise ClockUnreadableError("the strip's markers are missing")
    gray = int(blocks[len(_START) : len(_START) + _BITS], 2)
    if int(blocks[len(_START) + _BITS : -len(_END)], 2) != _checksum(gray):
        raise ClockUnreadableError("the strip's checksum does not fit")
    tenths = 0
    while gray:
        tenths ^= gray
        gray >>= 1
    if tenths >= DAY * 10:
        raise ClockUnreadableError("the strip shows no time of a day")
    return tenths / 10


def age(shown: float, now: float) -> float:
    """Seconds that lie between a shown time and ``now`` (seconds, any day), between -12 h and +12 h."""
    return (now - shown + DAY / 2) % DAY - DAY / 2

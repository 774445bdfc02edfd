"""The band under the scene: the camera's name, the date, the time in WIB and the clock strip, as macroblocks.

The band's macroblocks fall into two sets. Those of the *name* differ between cameras and never change; those of the
*clock* change with time and are the same for all cameras. So what a second costs is paid once for all cameras.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from simulator import clockcode

WIB = timezone(timedelta(hours=7), "WIB")
TINT = (120, 132)
_PAPER, _INK, _FAINT = 22, 225, 150
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_CLOCK = "HH:MM:SS"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=32)
def _font(size: int) -> Font:
    return ImageFont.load_default(size=size)


def _fitting(text: str, size: int, width: int) -> tuple[str, Font]:
    """The text and the largest font in which it fits; where none does, the text is cut."""
    for smaller in range(size, size // 2, -1):
        if _font(smaller).getlength(text) <= width:
            return text, _font(smaller)
    font = _font(size // 2 + 1)
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text + "…", font


def _blocks(image: Image.Image) -> list[bytes]:
    """Macroblocks of a grey picture whose sides are multiples of 16, row by row."""
    data, stride = image.tobytes(), image.width
    return [
        b"".join(data[start + line * stride :][:16] for line in range(16))
        for row in range(image.height // 16)
        for start in range(row * 16 * stride, row * 16 * stride + stride, 16)
    ]


@dataclass(frozen=True)
class Band:
    """Where things stand in the band of a picture of ``width`` by ``height`` pixels."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width % 80 or self.height % 8 or self.width < 320 or self.height < 184:
            raise ValueError("a picture's width must be a multiple of 80 (from 320), its height of 8 (from 184)")

    @property
    def columns(self) -> int:
        return self.width // 16

    @property
    def scale(self) -> int:
        return max(1, round(min(self.height / 360, self.width / 640)))

    @property
    def text_rows(self) -> int:
        """Macroblock rows with name and clock."""
        return 2 * self.scale

    @property
    def strip_rows(self) -> int:
        """Macroblock rows with the clock strip; the last may be cut by the picture's edge."""
        return (clockcode.strip_height(self.height) + 15) // 16

    @property
    def rows(self) -> int:
        return self.text_rows + self.strip_rows

    @property
    def scene_height(self) -> int:
        """Pixels above the band; a multiple of 16."""
        return (-(-self.height // 16) - self.rows) * 16

    @property
    def first_macroblock(self) -> int:
        return self.scene_height // 16 * self.columns

    @property
    def _clock_columns(self) -> int:
        return len(_CLOCK) * self.scale

    @property
    def _date_columns(self) -> int:
        return 7 * self.scale if self.width >= 480 else 0

    @property
    def name_columns(self) -> int:
        return self.columns - self._clock_columns - self._date_columns

    def name_blocks(self, title: str) -> list[bytes]:
        """Macroblocks of the name, row by row of the name's part."""
        image = Image.new("L", (self.name_columns * 16, self.text_rows * 16), _PAPER)
        margin = 8 * self.scale
        text, font = _fitting(title, 20 * self.scale, image.width - margin - 4)
        ImageDraw.Draw(image).text((margin, image.height // 2), text, _INK, font, anchor="lm")
        return _blocks(image)

    def _clock_part(self, second: int) -> Image.Image:
        moment = datetime.fromtimestamp(second, UTC).astimezone(WIB)
        scale = self.scale
        image = Image.new("L", (self.width - self.name_columns * 16, self.text_rows * 16), _PAPER)
        pen = ImageDraw.Draw(image)
        if self._date_columns:
            right = (self._date_columns * 16) - 6 * scale
            lines = (_DAYS[moment.weekday()] + " · WIB", f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}")
            for line, text in enumerate(lines):
                pen.text((right, (9 + 14 * line) * scale), text, _FAINT, _font(12 * scale), anchor="rm")
        left = self._date_columns * 16 + 8 * scale
        for sign in f"{moment:%H:%M:%S}":
            pen.text((left, image.height // 2), sign, _INK, _font(25 * scale), anchor="mm")
            left += 16 * scale
        return image

    def _strip(self, tenths: int) -> list[bytes]:
        image = Image.new("L", (self.width, self.strip_rows * 16), _PAPER)
        clockcode.paint_blocks(image, clockcode.encode(tenths / 10), top=0)
        return _blocks(image)

    def clock_blocks(self, seconds: float) -> list[bytes | None]:
        """All macroblocks of the band at a time (seconds since 1970); ``None`` where the name stands."""
        return _clock_blocks(self, int(seconds * 10 + 1e-6))


@lru_cache(maxsize=8)
def _text_blocks(band: Band, second: int) -> list[bytes]:
    return _blocks(band._clock_part(second))


@lru_cache(maxsize=32)
def _clock_blocks(band: Band, tenths: int) -> list[bytes | None]:
    text = _text_blocks(band, tenths // 10)
    per_row = band.columns - band.name_columns
    blocks: list[bytes | None] = []
    for row in range(band.text_rows):
        blocks += [None] * band.name_columns
        blocks += text[row * per_row : (row + 1) * per_row]
    blocks += band._strip(tenths)
    return blocks


@lru_cache(maxsize=512)
def name_blocks(band: Band, title: str) -> list[bytes]:
    """``Band.name_blocks``, remembered for the cameras that were watched last (each about 20 kB)."""
    return band.name_blocks(title)

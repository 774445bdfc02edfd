"""Writes on a picture that somebody keeps: below it of which camera and when, and across it who took it away. Knows no Django."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

QUALITY = 85
_FOOT = 0.055  # of the picture's height, for each line of its foot
_ACROSS = 0.032  # of its width: the letters of the mark
_TILT = 14  # degrees
_MARK = (255, 255, 255, 70)


def kept(jpeg: bytes, *, lines: list[str], mark: str) -> bytes:
    """The picture as JPEG with *lines* on a strip under it. *mark*, if any, stands lightly across it, so that cutting the strip off is
    of no use. Raises: OSError where *jpeg* is no picture.
    """
    with Image.open(io.BytesIO(jpeg)) as opened:
        picture = opened.convert("RGBA")
    if mark:
        picture = Image.alpha_composite(picture, _tiled(mark, picture.size))
    file = io.BytesIO()
    _with_foot(picture.convert("RGB"), lines).save(file, "jpeg", quality=QUALITY)
    return file.getvalue()


def _tiled(mark: str, size: tuple[int, int]) -> Image.Image:
    """The words again and again, tilted, over a whole picture of *size*."""
    width, height = size
    letters = max(9.0, width * _ACROSS)
    font = ImageFont.load_default(letters)
    side = int((width**2 + height**2) ** 0.5) + 2
    sheet = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(sheet)
    step = max(1.0, pen.textlength(mark + "      ", font=font))
    line = int(letters * 3.6)
    for row, y in enumerate(range(0, side, line)):
        x = -(row % 2) * step / 2
        while x < side:
            pen.text((x, y), mark, font=font, fill=_MARK, stroke_width=1, stroke_fill=(0, 0, 0, 50))
            x += step
    turned = sheet.rotate(_TILT, Image.Resampling.BILINEAR)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


def _with_foot(picture: Image.Image, lines: list[str]) -> Image.Image:
    line = max(16, int(picture.height * _FOOT))
    whole = Image.new("RGB", (picture.width, picture.height + line * len(lines) + line // 2), "#0c121d")
    whole.paste(picture, (0, 0))
    pen = ImageDraw.Draw(whole)
    for number, text in enumerate(lines):
        font = _fitting(pen, text, line * 0.72, picture.width - line)
        pen.text((line // 2, picture.height + line // 4 + number * line), text, font=font, fill="#e9edf4")
    return whole


def _fitting(
    pen: ImageDraw.ImageDraw, text: str, size: float, room: float
) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font in which *text* fits into *room* pixels."""
    length = pen.textlength(text, font=ImageFont.load_default(size))
    return ImageFont.load_default(max(6.0, size * min(1.0, room / max(length, 1.0))))

"""Pictures as small files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

PROJECT = Path(__file__).resolve().parent.parent


def write_webp(png: bytes, file: Path, *, most_bytes: int) -> int:
    """Writes the picture as good as it may be within *most_bytes*, smaller where it must be; how many it took."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    while True:
        for quality in (86, 78, 70, 60, 50):
            part = BytesIO()
            picture.save(part, "WEBP", quality=quality, method=6)
            if part.tell() <= most_bytes:
                file.write_bytes(part.getvalue())
                return part.tell()
        picture = picture.resize((picture.width * 5 // 6, picture.height * 5 // 6), Image.Resampling.LANCZOS)


def write_png(png: bytes, file: Path, *, colours: int) -> int:
    """Writes a drawing of few colours, transparency kept; how many bytes it took."""
    picture = Image.open(BytesIO(png)).convert("RGBA")
    if picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.stat().st_size

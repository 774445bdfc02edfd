"""Makes the files of a still out of one picture, with Pillow: two sizes, each as WebP and as JPEG. Knows no Django.

NoPicture       the bytes are no picture
"""

from __future__ import annotations

import io

from PIL import Image

# Longest side in pixels: a card in a list, and what stands in the place of the video.
SIZES = {"small": 320, "large": 640}
# Bytes that a file may have: a page of small ones is open for hours on phones (static/js/pace.js), however noisy night pictures are.
MOST_BYTES = {"small": 14_000, "large": 80_000}
KINDS = {"webp": "image/webp", "jpeg": "image/jpeg"}
QUALITIES = (72, 50, 32, 20)


class NoPicture(Exception):
    """ffmpeg sent none, or something else."""


def name_of(size: str, kind: str) -> str:
    """The name of one file, ``small.webp``."""
    return f"{size}.{kind}"


def develop(data: bytes) -> dict[str, bytes]:
    """The files by name, of a picture in any form that Pillow reads. Never larger than the picture. Raises: NoPicture."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise NoPicture(str(error)) from None
    files: dict[str, bytes] = {}
    for size, side in sorted(SIZES.items(), key=lambda item: -item[1]):
        picture.thumbnail(
            (side, side), Image.Resampling.LANCZOS, reducing_gap=2.0
        )  # the small one is made of the large
        for kind in KINDS:
            files[name_of(size, kind)] = _encoded(picture, kind, MOST_BYTES[size])
    return files


def _encoded(picture: Image.Image, kind: str, most: int) -> bytes:
    """At the best quality that fits into *most* bytes, else at the least."""
    data = b""
    for quality in QUALITIES:
        file = io.BytesIO()
        picture.save(file, kind, quality=quality, optimize=True)
        data = file.getvalue()
        if len(data) <= most:
            break
    return data

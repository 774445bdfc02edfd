"""Motion JPEG: the looped scene with the live band under it, and its RTP payloads (RFC 2435).

A JPEG picture may be written with a *restart marker* after each row of macroblocks, and then its rows do not know each
other. The scene's rows are encoded once, the band's (name, clock, clock strip) for each picture, and the two are put
together by counting the markers anew. So these cameras, too, show their own name and the true time.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable

from PIL import Image

from simulator.caption import TINT, name_blocks
from simulator.clip import Format, Picture

PAYLOAD_TYPE = 26
QUALITY = 70
_TYPE_WITH_RESTARTS = 65  # RFC 2435: 4:2:0 with restart markers
_TABLES_IN_BAND = 255
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_ROOM = 1400 - 12


def encode(image: Image.Image) -> bytes:
    """A JPEG file whose rows of macroblocks stand between restart markers."""
    out = io.BytesIO()
    # The standard Huffman tables (no optimize): a receiver of RFC 2435 gets none and must know them.
    image.save(out, "JPEG", quality=QUALITY, subsampling="4:2:0", restart_marker_rows=1)
    return out.getvalue()


def tables(jpeg: bytes) -> bytes:
    """The quantization tables of a JPEG file, as they travel in the first packet of a picture."""
    found = b""
    for kind, body in _segments(jpeg):
        if kind == 0xDB:
            found += b"".join(body[start + 1 : start + 65] for start in range(0, len(body), 65))
    return found


def rows(jpeg: bytes) -> list[bytes]:
    """The coded rows of macroblocks, without the markers between them."""
    start = jpeg.index(b"\xff\xda")
    start += 2 + int.from_bytes(jpeg[start + 2 : start + 4], "big")
    return _RESTART.split(jpeg[start : jpeg.rindex(b"\xff\xd9")])


def scan(parts: Iterable[bytes]) -> bytes:
    """Rows put together again; the markers between them count from 0 to 7, over and over."""
    found = list(parts)
    marked = [row + bytes([0xFF, 0xD0 + place % 8]) for place, row in enumerate(found[:-1])]
    return b"".join([*marked, found[-1], b"\xff\xd9"])


def packets(data: bytes, *, width: int, height: int, quantization: bytes) -> list[bytes]:
    """RTP payloads of a picture (RFC 2435, 3.1): main header, restart header, tables in the first one."""
    restart = struct.pack("!HH", width // 16, 0xFFFF)  # macroblocks between markers; pieces end anywhere
    found: list[bytes] = []
    at = 0
    while at < len(data):
        main = struct.pack("!I", at) + bytes([_TYPE_WITH_RESTARTS, _TABLES_IN_BAND, width // 8, height // 8])
        head = main + restart
        if at == 0:
            head += struct.pack("!BBH", 0, 0, len(quantization)) + quantization
        piece = data[at : at + _ROOM - len(head)]
        found.append(head + piece)
        at += len(piece)
    return found


def _segments(jpeg: bytes) -> Iterable[tuple[int, bytes]]:
    at = 2
    while jpeg[at + 1] != 0xDA:
        size = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        yield jpeg[at + 1], jpeg[at + 4 : at + 2 + size]
        at += 2 + size


class JpegClip:
    """A ``clip.Film`` of JPEG pictures; every one is a keyframe."""

    payload_type = PAYLOAD_TYPE

    def __init__(self, form: Format, scenes: list[bytes]) -> None:
        self.form = form
        self.band = form.band
        self._scenes = [rows(scene) for scene in scenes]
        self._tables = tables(scenes[0])
        self._tick = -1
        self._made: dict[str, list[bytes]] = {}

    @property
    def length(self) -> int:
        return len(self._scenes)

    def is_key(self, place: int) -> bool:
        return True

    def describe(self) -> list[str]:
        """The media attributes of the SDP; the payload type says the rest."""
        return [f"a=rtpmap:{PAYLOAD_TYPE} JPEG/90000", f"a=framerate:{self.form.fps}"]

    def picture(self, tick: int, place: int, title: str) -> Picture:
        """The picture of a tick for the camera called ``title``."""
        if tick != self._tick:
            self._tick = tick
            self._made.clear()
        made = self._made.get(title)
        if made is None:
            data = scan([*self._scenes[place], *rows(encode(self._band(tick, title)))])
            made = packets(data, width=self.form.width, height=self.form.height, quantization=self._tables)
            self._made[title] = made
        return Picture(True, made)

    def _band(self, tick: int, title: str) -> Image.Image:
        names = iter(name_blocks(self.band, title))
        grey = Image.new("L", (self.band.columns * 16, self.band.rows * 16))
        for index, known in enumerate(self.band.clock_blocks(tick / self.form.fps)):
            block = Image.frombytes("L", (16, 16), next(names) if known is None else known)
            grey.paste(block, (index % self.band.columns * 16, index // self.band.columns * 16))
        tints = [Image.new("L", grey.size, level) for level in TINT]
        return Image.merge("YCbCr", [grey, *tints])

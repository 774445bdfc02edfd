"""ffmpeg's command lines for a still: one picture out of a live camera, or out of a piece of a stream. Pure.

Only keyframes are decoded, so what comes is a whole picture and not the grey of one that lacks its beginning. It comes as PPM, without
compression, since Pillow makes the sizes; never wider than WIDEST, so that memory does not follow the camera's resolution.
"""

from __future__ import annotations

from typing import Any

import ffmpeg

WIDEST = 1280
# Bytes that one picture can have: PPM, and a camera may be four times as high as it is wide.
MOST_BYTES = WIDEST * WIDEST * 4 * 3
_PROTOCOLS = "pipe,file,rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto,data"


def picture_of_camera(*, program: str) -> list[str]:
    """The next keyframe of the source that an ffconcat script on standard input names (``command.source_script``)."""
    looking = {"fpsprobesize": 0, "probesize": 500_000, "analyzeduration": 500_000}
    return _one_picture(program, format="concat", safe=0, protocol_whitelist=_PROTOCOLS, **looking)


def picture_of_segment(*, program: str) -> list[str]:
    """The first keyframe of an init segment and a segment that come together on standard input."""
    return _one_picture(program, format="mp4")


def _one_picture(program: str, **options: Any) -> list[str]:
    source = ffmpeg.input("pipe:0", threads=1, skip_frame="nokey", **options)
    output = ffmpeg.output(
        source.video.filter("scale", f"min({WIDEST},iw)", -2),
        "pipe:1",
        format="image2pipe",
        vcodec="ppm",
        threads=1,
        **{"frames:v": 1},
    )
    arguments: list[str] = ffmpeg.compile(output, cmd=[program, "-hide_banner", "-nostdin", "-nostats"])
    return [*arguments[:-1], "-loglevel", "warning", arguments[-1]]

"""ffmpeg's command line, and what it reads on standard input. Pure.

The camera's address and credentials go through standard input (an ffconcat script), never through argv, which every process of
the machine can read. Tried with digest authentication and odd passwords.
"""

from __future__ import annotations

import ffmpeg

_PROTOCOLS = "pipe,file,rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto,data"


def copy_to_fragments(*, program: str, segment_seconds: float) -> list[str]:
    """Copies the video of the source named on standard input as fragmented MP4 to standard output.

    A fragment ends before each keyframe and, without one, after *segment_seconds*, so that every keyframe begins one.
    """
    source = ffmpeg.input(
        "pipe:0",
        format="concat",
        safe=0,
        protocol_whitelist=_PROTOCOLS,
        # Without these ffmpeg looks at the stream for up to five seconds before it passes the first picture on.
        fpsprobesize=0,
        probesize=500_000,
        analyzeduration=500_000,
    )
    output = ffmpeg.output(
        source.video,
        "pipe:1",
        format="mp4",
        vcodec="copy",
        movflags="frag_keyframe+empty_moov+default_base_moof+skip_trailer",
        frag_duration=int(segment_seconds * 1_000_000),
        flush_packets=1,
        avoid_negative_ts="make_zero",
    )
    arguments: list[str] = ffmpeg.compile(output, cmd=[program, "-hide_banner", "-nostdin", "-nostats"])
    return [*arguments[:-1], "-loglevel", "warning", arguments[-1]]


def source_script(url: str, *, timeout_seconds: float) -> bytes:
    """The ffconcat script that opens *url* (with percent-encoded credentials, without quotes) over TCP, video only.

    UDP would lose seconds where it is filtered; a declared but silent audio track would hold everything up.
    """
    if "'" in url or "\n" in url:
        raise ValueError("the address must be percent-encoded")
    lines = [
        "ffconcat version 1.0",
        f"file '{url}'",
        "option rtsp_transport tcp",
        "option allowed_media_types video",
        f"option timeout {int(timeout_seconds * 1_000_000)}",
        "option fpsprobesize 0",
        "option probesize 500000",
        "option analyzeduration 500000",
    ]
    return "\n".join([*lines, ""]).encode()

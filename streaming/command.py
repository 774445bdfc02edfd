"""ffmpeg's command line, and what it reads on standard input. Pure.

The camera's address and credentials go through standard input (an ffconcat script), never through argv, which every process of
the machine can read. Tried with digest authentication and odd passwords.
"""

from __future__ import annotations

from typing import Any

import ffmpeg

from .treatment import Pictures, Sound, Treatment

_PROTOCOLS = "pipe,file,rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto,data"


# A transcode: never larger than this (pixels), a keyframe every so many seconds, never more than so many kbit/s.
WIDEST, HIGHEST = 1280, 720
KEYFRAME_EVERY = 2
KBITS = 1000


def to_fragments(treatment: Treatment, *, program: str, fragment_seconds: float) -> list[str]:
    """Writes the source named on standard input, treated so, as fragmented MP4 to standard output; the pictures are its first track.

    A fragment ends before each keyframe and, without one, after *fragment_seconds*, so that every keyframe begins one.
    """
    source = ffmpeg.input(
        "pipe:0",
        format="concat",
        safe=0,
        protocol_whitelist=_PROTOCOLS,
        # Without these ffmpeg looks at the stream for up to five seconds before it passes the first picture on.
        **_looking(long=treatment.looks_long),
        **_decoding(treatment),
    )
    tracks = [_pictures(source, treatment), *([source.audio] if treatment.sound != Sound.NONE else [])]
    output = ffmpeg.output(
        *tracks,
        "pipe:1",
        format="mp4",
        **_pictures_options(treatment),
        **_sound_options(treatment),
        movflags="frag_keyframe+empty_moov+default_base_moof+skip_trailer",
        frag_duration=int(fragment_seconds * 1_000_000),
        flush_packets=1,
        avoid_negative_ts="make_zero",
    )
    arguments: list[str] = ffmpeg.compile(output, cmd=[program, "-hide_banner", "-nostdin", "-nostats"])
    return [*arguments[:-1], "-loglevel", "warning", arguments[-1]]


def _looking(*, long: bool) -> dict[str, int]:
    """How far ffmpeg looks into the stream before it begins (bytes, microseconds); it goes on as soon as it knows enough.

    A tenth of a second is enough for cameras that describe themselves well, which most do; left to itself ffmpeg would wait for seven
    pictures of H.264, or five seconds.
    """
    return {
        "fpsprobesize": 0,
        "probesize": 20_000_000 if long else 500_000,
        "analyzeduration": 25_000_000 if long else 100_000,
    }


def _decoding(treatment: Treatment) -> dict[str, Any]:
    # One thread: each further one would hold a picture back.
    return {"threads": 1} if treatment.pictures == Pictures.TRANSCODE else {}


def _pictures(source: Any, treatment: Treatment) -> Any:
    if treatment.pictures == Pictures.COPY:
        return source.video
    size = {"w": f"min({WIDEST},iw)", "h": f"min({HIGHEST},ih)"}
    fitting = {"force_original_aspect_ratio": "decrease", "force_divisible_by": 2}
    return source.video.filter("scale", **size, **fitting, out_range="tv").filter("format", "yuv420p")


def _pictures_options(treatment: Treatment) -> dict[str, Any]:
    if treatment.pictures == Pictures.COPY:
        return {"c:v": "copy"} | ({"tag:v": "hvc1"} if treatment.h265 else {})
    return {
        "c:v": "libx264",
        "preset": "veryfast",
        "tune": "zerolatency",
        "crf": 25,
        "maxrate": f"{KBITS}k",
        "bufsize": f"{KBITS}k",
        "g": 600,
        "force_key_frames": f"expr:gte(t,n_forced*{KEYFRAME_EVERY})",
        "threads:v": 2,
        # Each picture keeps its own time: cameras seldom hold the pace that they declare.
        "fps_mode": "passthrough",
        "enc_time_base:v": "1:90000",
    }


def _sound_options(treatment: Treatment) -> dict[str, Any]:
    if treatment.sound == Sound.NONE:
        return {}
    coded = {"c:a": "copy"} if treatment.sound == Sound.COPY else {"c:a": "aac", "b:a": "32k"}
    # Microseconds that pictures wait for sound of the same time.
    return coded | {"max_interleave_delta": 200_000}


def source_script(url: str, *, timeout_seconds: float, treatment: Treatment) -> bytes:
    """The ffconcat script that opens *url* (with percent-encoded credentials, without quotes) over TCP.

    UDP would lose seconds where it is filtered. Where its sound is not wanted that track is not even opened: one that is declared
    and silent would hold everything up.
    """
    if "'" in url or "\n" in url:
        raise ValueError("the address must be percent-encoded")
    lines = [
        "ffconcat version 1.0",
        f"file '{url}'",
        "option rtsp_transport tcp",
        f"option allowed_media_types {'video' if treatment.sound == Sound.NONE else 'video+audio'}",
        f"option timeout {int(timeout_seconds * 1_000_000)}",
        *[f"option {name} {value}" for name, value in _looking(long=treatment.looks_long).items()],
    ]
    if treatment.arrival_times:
        lines.append("option use_wallclock_as_timestamps 1")
    return "\n".join([*lines, ""]).encode()

"""What is done to a camera's pictures and sound on their way. Pure.

H.264 is copied. H.265 is copied where everybody who watches can play it, else encoded anew as H.264; so are the other codecs that
ffmpeg reads. Where the camera has a substream, that is pulled while every page that shows it is small. A camera is pulled once, so
all this is the stream's choice, not a viewer's.

    Untreatable         a codec of which nothing playable can be made
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

H264, H265 = "h264", "h265"

# What ffmpeg decodes, as RTP names it ("mp4v": a JPEG or MPEG-4 camera whose description we have not read).
_DECODABLE = frozenset({"jpeg", "mp4v", "mp4v-es", "mpv", "h263", "h263-1998", "h263-2000", "vp8", "vp9", "av1"})
_SAMPLE_ENTRIES = {"avc1": H264, "avc3": H264, "hvc1": H265, "hev1": H265}


class Untreatable(Exception):
    """The message is the codec."""


class Pictures(StrEnum):
    COPY = "copy"
    TRANSCODE = "transcode"


class Sound(StrEnum):
    NONE = "none"
    COPY = "copy"
    ENCODE = "encode"


@dataclass(frozen=True)
class Treatment:
    """*h265*: the pictures leave us as H.265. *arrival_times*: a picture's time is when it came, not what the camera says.

    *substream*: the camera's small pictures are pulled. *long_look*: ffmpeg may look into the stream for as long as it needs before
    it begins.
    """

    pictures: Pictures = Pictures.COPY
    substream: bool = False
    h265: bool = False
    sound: Sound = Sound.NONE
    arrival_times: bool = False
    long_look: bool = False

    @property
    def looks_long(self) -> bool:
        """With sound it knows enough when a keyframe has come; the sound before that must not use the time up."""
        return self.long_look or self.sound != Sound.NONE


def pictures(codec: str, plays: frozenset[str]) -> Pictures:
    """*codec* of the camera, "" while it is not known; *plays*: what everybody who watches plays besides H.264.

    Raises: Untreatable.
    """
    if codec in {"", H264}:
        return Pictures.COPY
    if codec == H265:
        return Pictures.COPY if H265 in plays else Pictures.TRANSCODE
    if codec in _DECODABLE:
        return Pictures.TRANSCODE
    raise Untreatable(codec)


def needs_slot(codec: str, plays: frozenset[str]) -> bool:
    """Whether such a stream costs a transcode; False too for what cannot be had at all."""
    try:
        return pictures(codec, plays) == Pictures.TRANSCODE
    except Untreatable:
        return False


def prefers_substream(main: str, sub: str, plays: frozenset[str]) -> bool:
    """Whether small pages are served from the substream, given both codecs ("": not known): not if only that costs a transcode."""
    try:
        return pictures(sub, plays) == Pictures.COPY or needs_slot(main, plays)
    except Untreatable:
        return False


def sound(codec: str) -> Sound:
    """Of a camera whose sound is wanted."""
    if codec in {"mpeg4-generic", "mp4a-latm"}:
        return Sound.COPY
    return Sound.ENCODE if codec in {"pcmu", "pcma"} else Sound.NONE


def codec_of(sample_entry: str) -> str:
    """The codec of an MP4 sample entry, as RTP would name it."""
    return _SAMPLE_ENTRIES.get(sample_entry, sample_entry)

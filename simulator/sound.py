"""A camera's microphone: silence as PCMU (RFC 3551) or AAC (RFC 3640), or a track that is declared and never sends."""

from __future__ import annotations

import enum
from dataclasses import dataclass

_AAC_SILENCE = bytes.fromhex("00c800802380")
_PCMU_SILENCE = b"\xff"


class Sound(enum.Enum):
    """What a camera's second track is."""

    NONE = "none"
    PCMU = "pcmu"
    AAC = "aac"
    SILENT = "silent"  # declared as PCMU, never sends


@dataclass(frozen=True)
class Track:
    """How a sound is sent. ``samples`` of one packet, ``rate`` a second."""

    payload_type: int
    rate: int
    samples: int
    lines: tuple[str, ...]

    def body(self, samples: int) -> bytes:
        """The payload of one packet."""
        if self.payload_type == 0:
            return _PCMU_SILENCE * samples
        return (16).to_bytes(2, "big") + (len(_AAC_SILENCE) << 3).to_bytes(2, "big") + _AAC_SILENCE


_PCMU = Track(0, 8000, 160, ("a=rtpmap:0 PCMU/8000",))
_AAC = Track(
    97,
    16000,
    1024,
    (
        "a=rtpmap:97 MPEG4-GENERIC/16000/1",
        "a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408",
    ),
)


def track(sound: Sound) -> Track | None:
    """The track of a sound; ``None`` where there is none."""
    return {Sound.PCMU: _PCMU, Sound.SILENT: _PCMU, Sound.AAC: _AAC}.get(sound)

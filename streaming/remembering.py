"""What a camera used to show, and whether it still does: a few signatures for each kind of light, and doubts that add up. Pure.

A picture in a kind of light that was met before either agrees with what is remembered, or it does not, or it cannot be said.
Several that do not, one after the other and over minutes, are another scene. The first night of a camera that is known by day only
cannot be judged: its pictures wait, and are remembered once a picture by day says that it is still the same scene.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PIL import Image, ImageStat

from .scenery import Signature, agreement

# An agreement of this and more is the same scene, of less than that another one; between the two nothing is said.
SAME, OTHER = 0.6, 0.45
# Pictures in a row that show another scene, and the seconds that they must span.
DOUBTS, DOUBT_SECONDS = 4, 180.0
# Signatures that are kept for each kind of light, and one that agrees more than this with what is there adds nothing.
_KEPT, _NEW_BELOW = 5, 0.85
# Signatures that stay for good.
_ANCHORS = 6
# Means over a picture, 0 to 255: less colour than that is infrared; with colour, less light than that is night.
_GREY, _DARK = 10.0, 70.0


_PARTS = ("anchors", "known", "waiting", "doubting")


class Light(Enum):
    DAY = "day"
    NIGHT = "night"
    INFRARED = "infrared"


class Verdict(Enum):
    SAME = "same"
    UNSURE = "unsure"
    DOUBT = "doubt"
    ANOTHER_SCENE = "another scene"


@dataclass
class Memory:
    """All by the value of their ``Light``, oldest first. *anchors*: the first picture and what somebody confirmed, which stay, so that
    what is remembered does not wander off with a camera that sags; *known*: what agreed with them, renewed; *waiting*: not judged yet;
    *doubting*: what did not agree, since *doubted_at* (Unix time), *doubts* in number.
    """

    anchors: dict[str, list[Signature]] = field(default_factory=dict)
    known: dict[str, list[Signature]] = field(default_factory=dict)
    waiting: dict[str, list[Signature]] = field(default_factory=dict)
    doubting: dict[str, list[Signature]] = field(default_factory=dict)
    doubts: int = 0
    doubted_at: float = 0.0

    def look(self, seen: Signature, light: Light, *, at: float) -> Verdict:
        """What the picture *seen* at *at* says, and keeps it in mind."""
        if not self.anchors:
            if not any(seen.seen):
                return Verdict.UNSURE
            self.anchors[light.value] = [seen]
            return Verdict.SAME
        all_kept = (kept for part in (self.anchors, self.known) for kept in part.values())
        found = [value for kept in all_kept for one in kept if (value := agreement(one, seen)) is not None]
        if not found:
            return Verdict.UNSURE
        best = max(found)
        if best >= SAME:
            self._agree(seen, light, best)
            return Verdict.SAME
        if light.value not in self.anchors and light.value not in self.known:
            _keep(self.waiting, light.value, seen)
            return Verdict.UNSURE
        if best >= OTHER:
            return Verdict.UNSURE
        _keep(self.doubting, light.value, seen)
        return self._doubt(at)

    def accept(self) -> None:
        """Somebody has confirmed the other scene: it is one of those that this camera shows, as a camera that turns does."""
        for kind, signatures in self.doubting.items():
            self.anchors.setdefault(kind, []).append(signatures[-1])
            del self.anchors[kind][1 : max(1, len(self.anchors[kind]) - _ANCHORS + 1)]
        self.doubting, self.doubts = {}, 0

    def _agree(self, seen: Signature, light: Light, best: float) -> None:
        self.doubting, self.doubts = {}, 0
        for kind, signatures in self.waiting.items():
            self.known.setdefault(kind, signatures)
        self.waiting = {}
        if light.value not in self.known or best < _NEW_BELOW:
            _keep(self.known, light.value, seen)

    def _doubt(self, at: float) -> Verdict:
        if self.doubts == 0:
            self.doubted_at = at
        self.doubts += 1
        self.waiting = {}
        sure = self.doubts >= DOUBTS and at - self.doubted_at >= DOUBT_SECONDS
        return Verdict.ANOTHER_SCENE if sure else Verdict.DOUBT

    # ---- as it is kept ----

    def packed(self) -> str:
        return json.dumps(
            {**{part: _packed(getattr(self, part)) for part in _PARTS}, "doubts": self.doubts, "at": self.doubted_at},
            separators=(",", ":"),
        )

    @classmethod
    def unpack(cls, text: str) -> Memory:
        """An empty one where the text is none of ours: then the scene is learnt anew."""
        try:
            data = json.loads(text)
            anchors, known, waiting, doubting = (_unpacked(data[part]) for part in _PARTS)
            return cls(anchors, known, waiting, doubting, int(data["doubts"]), float(data["at"]))
        except (ValueError, TypeError, KeyError):
            return cls()


def light_of(picture: Image.Image) -> Light:
    small = picture.convert("RGB").resize((64, 36), Image.Resampling.BOX).convert("HSV")
    _, colour, value = ImageStat.Stat(small).mean
    if colour < _GREY:
        return Light.INFRARED
    return Light.NIGHT if value < _DARK else Light.DAY


def _keep(part: dict[str, list[Signature]], kind: str, seen: Signature) -> None:
    kept = part.setdefault(kind, [])
    kept.append(seen)
    del kept[:-_KEPT]


def _packed(kept: dict[str, list[Signature]]) -> dict[str, list[str]]:
    return {kind: [one.packed() for one in signatures] for kind, signatures in kept.items()}


def _unpacked(data: Any) -> dict[str, list[Signature]]:
    return {Light(kind).value: [Signature.unpack(one) for one in texts] for kind, texts in dict(data).items()}

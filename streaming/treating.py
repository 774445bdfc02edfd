"""Which treatment a running stream needs now, and whether it may have it.

It knows the camera's codecs, who can play what, and what was learnt the hard way; it holds the stream's transcode slot. The rules
themselves are in ``treatment``.

    Full                the stream must be transcoded and no slot is free
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from cameras.reasons import Reason
from cameras.rtsp import Report

from . import treatment
from .traits import Trait
from .treatment import Pictures, Sound, Treatment

# Seconds without a segment after which declared sound is taken for mute.
SOUND_PATIENCE = 6.0
# Seconds for which nobody needed the transcode before the stream goes back to being copied: each change costs a keyframe's wait.
SETTLED = 30.0


class Full(Exception):
    """No transcode slot is free."""


class SlotsLike(Protocol):
    def take(self) -> bool: ...
    def give_back(self) -> None: ...


@dataclass
class Known:
    """What is known of a camera. *codec* "" and *sound* None: not yet."""

    codec: str = ""
    sound: str | None = None
    traits: set[Trait] = field(default_factory=set)


class Treating:
    """*look* describes the camera anew; *learn* remembers a trait beyond this stream. *plays*: see ``treatment.pictures``."""

    def __init__(
        self,
        known: Known,
        plays: frozenset[str],
        *,
        slots: SlotsLike,
        audio: bool,
        look: Callable[[], Report],
        learn: Callable[[Trait], None],
    ) -> None:
        self._known, self._plays = known, plays
        self._slots, self._audio, self._look, self._learn = slots, audio, look, learn
        self._slot = self._suspected = False
        self._unneeded_since: float | None = None
        self.now = Treatment()

    @property
    def codec(self) -> str:
        return self._known.codec

    def begin(self) -> bool:
        """Chooses the treatment of the next run; True if players that are there cannot go on from the last one's pictures.

        Raises: Full, Untreatable.
        """
        before = self.now
        chosen = self._chosen()
        self._hold_slot(chosen.pictures)
        if self._audio and Trait.MUTE not in self._known.traits:
            chosen = replace(chosen, sound=self._sound())
        self.now = chosen
        self._unneeded_since = None
        return before.h265 != chosen.h265

    def hear(self, plays: frozenset[str]) -> None:
        """What everybody who watches now can play."""
        self._plays = plays

    def outdated(self, now: float) -> bool:
        """Whether the running treatment should give way to another; a slot that this needs is then held."""
        chosen = self._chosen().pictures
        if chosen == self.now.pictures:
            self._unneeded_since = None
            return False
        if chosen == Pictures.TRANSCODE:
            return self._take_slot()
        if self._unneeded_since is None:
            self._unneeded_since = now
        return now - self._unneeded_since >= SETTLED

    def describe(self, report: Report) -> bool:
        """Takes in what the camera says of itself; True if it is another than we took it for."""
        if report.reason != Reason.NONE:
            return False
        changed = bool(report.codec) and report.codec != self._known.codec
        self._known.codec, self._known.sound = report.codec or self._known.codec, report.sound
        return changed

    def meet(self, sample_entry: str) -> bool:
        """Takes in what ffmpeg found in the stream; True if that is news."""
        codec = treatment.codec_of(sample_entry)
        news = codec != self._known.codec
        self._known.codec = codec
        return news

    def without_sound(self, waited: float) -> bool:
        """Whether the sound holds everything up, after *waited* seconds without a segment; then it is left out from now on."""
        if self.now.sound == Sound.NONE or waited < SOUND_PATIENCE:
            return False
        self._known.traits.add(Trait.MUTE)
        self._suspected = True
        return True

    def live_after(self, seconds: float) -> None:
        """The run brought its first segment. Without the sound that was suspected it came quickly: then the sound was to blame.

        A camera with rare keyframes is slow with sound and without; it is not to be thought mute tomorrow.
        """
        if self._suspected and self.now.sound == Sound.NONE:
            self._suspected = False
            if seconds < SOUND_PATIENCE:
                self._learn(Trait.MUTE)

    def distrust_times(self) -> None:
        self._mark(Trait.WRONG_TIMES)

    def look_longer(self) -> None:
        """The camera answers, but ffmpeg gave up before the first segment: perhaps it had not seen enough of the stream."""
        self._mark(Trait.LONG_LOOK)

    def _mark(self, trait: Trait) -> None:
        if trait not in self._known.traits:
            self._known.traits.add(trait)
            self._learn(trait)

    def end(self) -> None:
        """Gives the slot back."""
        if self._slot:
            self._slot = False
            self._slots.give_back()

    def _chosen(self) -> Treatment:
        chosen = treatment.pictures(self._known.codec, self._plays)
        return Treatment(
            pictures=chosen,
            h265=chosen == Pictures.COPY and self._known.codec == treatment.H265,
            arrival_times=Trait.WRONG_TIMES in self._known.traits,
            long_look=Trait.LONG_LOOK in self._known.traits,
        )

    def _sound(self) -> Sound:
        if self._known.sound is None:
            self.describe(self._look())
        return treatment.sound(self._known.sound or "")

    def _hold_slot(self, pictures: Pictures) -> None:
        if pictures == Pictures.COPY:
            self.end()
        elif not self._take_slot():
            raise Full

    def _take_slot(self) -> bool:
        self._slot = self._slot or self._slots.take()
        return self._slot

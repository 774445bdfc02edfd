"""Which treatment a running stream needs now, and whether it may have it.

It knows the codecs of the camera and of its substream, who can play what, whether everybody's page is small, and what was learnt
the hard way; it holds the stream's transcode slot. The rules themselves are in ``treatment``.

    Full                the stream must be transcoded and no slot is free
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

from cameras.reasons import PERMANENT, Reason
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
class Tracks:
    """What is known of what can be pulled at one address. *codec* "" and *sound* None: not yet."""

    codec: str = ""
    sound: str | None = None


@dataclass
class Known(Tracks):
    """What is known of a camera: its main stream, its *traits*, its *substream* (None: it has none)."""

    traits: set[Trait] = field(default_factory=set)
    substream: Tracks | None = None


def tracks_of_substream(traits: Set[Trait]) -> Tracks | None:
    """What is known beforehand of the substream of a camera that has one; None: it is of no use."""
    if Trait.NO_SUBSTREAM in traits:
        return None
    return Tracks(treatment.H265 if Trait.H265_SUBSTREAM in traits else "")


class Treating:
    """*look* describes anew what is being pulled; *learn* remembers a trait beyond this stream. *plays*: see ``treatment.pictures``;
    *small*: everybody's page is small.
    """

    def __init__(
        self,
        known: Known,
        plays: frozenset[str],
        *,
        slots: SlotsLike,
        audio: bool,
        look: Callable[[], Report],
        learn: Callable[[Trait], None],
        small: bool = False,
    ) -> None:
        self._known, self._plays, self._small = known, plays, small
        self._slots, self._audio, self._look, self._learn = slots, audio, look, learn
        self._slot = self._suspected = False
        self._unneeded_since: float | None = None
        self.now = Treatment()

    @property
    def codec(self) -> str:
        """Of the camera's main stream; "" while it is not known."""
        return self._known.codec

    @property
    def seen(self) -> str:
        """The codec that a run which brings pictures proves of the main stream; "" while the substream is pulled."""
        return "" if self.now.substream else self._known.codec or treatment.H264

    def begin(self) -> bool:
        """Chooses the treatment of the next run; True if players that are there cannot go on from the last one's pictures.

        Raises: Full, Untreatable.
        """
        before = self.now
        chosen = self._chosen()
        self._hold_slot(chosen.pictures)
        self.now = chosen
        if self._audio and Trait.MUTE not in self._known.traits:
            self.now = chosen = replace(chosen, sound=self._sound())
        self._unneeded_since = None
        return before.h265 != chosen.h265

    def hear(self, plays: frozenset[str], *, small: bool = False) -> None:
        """What everybody who watches now can play, and whether all their pages are small."""
        self._plays, self._small = plays, small

    def outdated(self, now: float) -> bool:
        """Whether the running treatment should give way to another; a slot that this needs is then held."""
        chosen = self._chosen()
        if (chosen.pictures, chosen.substream) == (self.now.pictures, self.now.substream):
            self._unneeded_since = None
            return False
        if chosen.pictures == Pictures.TRANSCODE and self.now.pictures == Pictures.COPY:
            return self._take_slot()
        if self._falls_short():
            return True
        if self._unneeded_since is None:
            self._unneeded_since = now
        return now - self._unneeded_since >= SETTLED

    def describe(self, report: Report) -> bool:
        """Takes in what the camera says of itself; True if it is another than we took it for."""
        if report.reason != Reason.NONE:
            return False
        tracks = self._tracks
        changed = bool(report.codec) and report.codec != tracks.codec
        tracks.codec, tracks.sound = report.codec or tracks.codec, report.sound
        self._judge_substream()
        return changed

    def meet(self, sample_entry: str) -> bool:
        """Takes in what ffmpeg found in the stream; True if that is news."""
        codec = treatment.codec_of(sample_entry)
        tracks = self._tracks
        news = codec != tracks.codec
        tracks.codec = codec
        self._judge_substream()
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

    def look_longer(self) -> bool:
        """The camera answers, but ffmpeg gave up before the first segment: perhaps it had not seen enough of the stream. True if it
        has not looked so long before.
        """
        return self._mark(Trait.LONG_LOOK)

    def without_substream(self, reason: Reason) -> bool:
        """The run failed for *reason*, which trying again does not heal; True if it pulled the substream: then the main one is next.

        It is not pulled again in this stream. Beyond that only what is wrong with it alone is remembered: not a refused password.
        """
        if not self.now.substream or reason not in PERMANENT | {Reason.NO_VIDEO}:
            return False
        self._known.substream = None
        if reason != Reason.UNAUTHORIZED:
            self._mark(Trait.NO_SUBSTREAM)
        return True

    def _judge_substream(self) -> None:
        """Remembers what the next stream should know of the substream at once."""
        if not self.now.substream or self._known.substream is None:
            return
        codec = self._known.substream.codec
        if codec == treatment.H265:
            self._mark(Trait.H265_SUBSTREAM)
        elif not treatment.prefers_substream(self._known.codec, codec, self._plays):
            self._mark(Trait.NO_SUBSTREAM)

    def _mark(self, trait: Trait) -> bool:
        """True if that is news."""
        news = trait not in self._known.traits
        if news:
            self._known.traits.add(trait)
            self._learn(trait)
        return news

    def end(self) -> None:
        """Gives the slot back."""
        if self._slot:
            self._slot = False
            self._slots.give_back()

    @property
    def _tracks(self) -> Tracks:
        """What is known of what is being pulled."""
        sub = self._known.substream
        return sub if self.now.substream and sub is not None else self._known

    def _falls_short(self) -> bool:
        """Whether somebody cannot play what runs, or shows it larger than it is."""
        unplayable = self.now.h265 and treatment.H265 not in self._plays
        return unplayable or (self.now.substream and not self._small)

    def _chosen(self) -> Treatment:
        main, sub = self._known, self._known.substream if self._small else None
        small = sub is not None and treatment.prefers_substream(main.codec, sub.codec, self._plays)
        codec = sub.codec if sub is not None and small else main.codec
        chosen = treatment.pictures(codec, self._plays)
        return Treatment(
            pictures=chosen,
            substream=small,
            h265=chosen == Pictures.COPY and codec == treatment.H265,
            arrival_times=Trait.WRONG_TIMES in self._known.traits,
            long_look=Trait.LONG_LOOK in self._known.traits,
        )

    def _sound(self) -> Sound:
        if self._tracks.sound is None:
            self.describe(self._look())
        return treatment.sound(self._tracks.sound or "")

    def _hold_slot(self, pictures: Pictures) -> None:
        if pictures == Pictures.COPY:
            self.end()
        elif not self._take_slot():
            raise Full

    def _take_slot(self) -> bool:
        self._slot = self._slot or self._slots.take()
        return self._slot

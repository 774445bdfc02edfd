"""Which treatment a running stream needs, and the slots that transcodes are counted by."""

from __future__ import annotations

import pytest

from cameras.reasons import Reason
from cameras.rtsp import Report
from streaming.slots import Slots
from streaming.traits import Trait
from streaming.treating import SETTLED, SOUND_PATIENCE, Full, Known, Tracks, Treating, tracks_of_substream
from streaming.treatment import Pictures, Sound, Treatment

PLAIN: frozenset[str] = frozenset()
H265 = frozenset({"h265"})


class Case:
    def __init__(
        self,
        codec: str,
        plays: frozenset[str],
        *,
        slots: int = 1,
        audio: bool = False,
        sound: str = "",
        substream: Tracks | None = None,
    ) -> None:
        self.slots = Slots(slots)
        self.learnt: list[Trait] = []
        self.looks = 0
        self.report = Report(Reason.NONE, codec, sound)
        self.known = Known(codec, substream=substream)
        self.treating = Treating(
            self.known,
            plays,
            small=substream is not None,
            slots=self.slots,
            audio=audio,
            look=self._look,
            learn=self.learnt.append,
        )

    def _look(self) -> Report:
        self.looks += 1
        return self.report


def test_a_copy_takes_no_slot_and_a_transcode_one_until_its_end() -> None:
    case = Case("h264", PLAIN)
    case.treating.begin()
    assert (case.treating.now, case.slots.taken) == (Treatment(), 0)
    case = Case("jpeg", PLAIN)
    case.treating.begin()
    case.treating.begin()
    assert (case.treating.now.pictures, case.slots.taken) == (Pictures.TRANSCODE, 1)
    case.treating.end()
    case.treating.end()
    assert case.slots.taken == 0


def test_without_a_free_slot_it_is_full() -> None:
    case = Case("h265", PLAIN, slots=0)
    with pytest.raises(Full):
        case.treating.begin()


def test_one_who_cannot_play_it_makes_the_copy_outdated_at_once() -> None:
    case = Case("h265", H265)
    case.treating.begin()
    assert case.treating.now.h265
    assert not case.treating.outdated(10.0)
    case.treating.hear(PLAIN)
    assert case.treating.outdated(10.5)
    assert case.treating.begin()
    assert case.slots.taken == 1


def test_a_copy_goes_on_where_no_slot_is_free_for_the_one_who_cannot_play_it() -> None:
    case = Case("h265", H265)
    case.treating.begin()
    assert case.slots.take()
    case.treating.hear(PLAIN)
    assert not case.treating.outdated(10.0)
    case.slots.give_back()
    assert case.treating.outdated(10.5)


def test_a_transcode_becomes_a_copy_again_only_when_nobody_has_needed_it_for_a_while() -> None:
    case = Case("h265", PLAIN)
    case.treating.begin()
    case.treating.hear(H265)
    assert not case.treating.outdated(100.0)
    case.treating.hear(PLAIN)
    assert not case.treating.outdated(110.0)
    case.treating.hear(H265)
    assert not case.treating.outdated(120.0)
    assert not case.treating.outdated(119.9 + SETTLED)
    assert case.treating.outdated(120.1 + SETTLED)
    assert case.treating.begin()
    assert (case.treating.now.h265, case.slots.taken) == (True, 0)


def test_the_same_treatment_again_lets_players_go_on() -> None:
    case = Case("h264", PLAIN)
    assert [case.treating.begin(), case.treating.begin()] == [False, False]


def test_what_the_camera_says_and_what_ffmpeg_finds_is_believed_when_it_is_news() -> None:
    case = Case("h265", PLAIN)
    assert not case.treating.describe(Report(Reason.TIMEOUT))
    assert not case.treating.describe(Report(Reason.NONE, "h265"))
    assert case.treating.describe(Report(Reason.NONE, "h264"))
    assert not case.treating.meet("avc1")
    assert case.treating.meet("hev1")
    assert case.treating.codec == "h265"


def test_sound_is_left_out_unless_a_city_wants_it() -> None:
    case = Case("h264", PLAIN, sound="pcmu")
    case.treating.begin()
    assert (case.treating.now.sound, case.looks) == (Sound.NONE, 0)
    case = Case("h264", PLAIN, audio=True, sound="pcmu")
    case.treating.begin()
    case.treating.begin()
    assert (case.treating.now.sound, case.looks) == (Sound.ENCODE, 1)


def test_sound_that_holds_the_pictures_up_is_given_up_and_remembered() -> None:
    case = Case("h264", PLAIN, audio=True, sound="pcmu")
    case.treating.begin()
    assert not case.treating.without_sound(SOUND_PATIENCE - 0.1)
    assert case.treating.without_sound(SOUND_PATIENCE)
    assert not case.treating.begin()
    assert (case.treating.now.sound, case.learnt) == (Sound.NONE, [])
    assert not case.treating.without_sound(SOUND_PATIENCE)
    case.treating.live_after(1.0)
    case.treating.live_after(1.0)
    assert case.learnt == [Trait.MUTE]


def test_a_camera_with_rare_keyframes_is_not_taken_for_mute() -> None:
    case = Case("h264", PLAIN, audio=True, sound="pcmu")
    case.treating.begin()
    assert case.treating.without_sound(SOUND_PATIENCE)
    case.treating.begin()
    case.treating.live_after(SOUND_PATIENCE + 5)
    assert case.learnt == []


def test_times_once_distrusted_stay_so() -> None:
    case = Case("h264", PLAIN)
    case.treating.distrust_times()
    case.treating.distrust_times()
    case.treating.begin()
    assert (case.treating.now.arrival_times, case.learnt) == (True, [Trait.WRONG_TIMES])


def test_a_camera_that_needs_a_longer_look_gets_it_and_is_remembered() -> None:
    case = Case("h264", PLAIN)
    looks = []
    for _ in range(2):
        case.treating.begin()
        looks.append(case.treating.now.looks_long)
        case.treating.look_longer()
    assert looks == [False, True]
    assert case.learnt == [Trait.LONG_LOOK]


# ---- the substream -------------------------------------------------------------------------------------------------------------


def test_small_pages_get_the_substream_and_one_that_grows_the_main_stream_at_once() -> None:
    case = Case("h264", PLAIN, substream=Tracks())
    assert not case.treating.begin()
    assert (case.treating.now.substream, case.treating.seen) == (True, "")
    assert not case.treating.outdated(10.0)
    case.treating.hear(PLAIN, small=False)
    assert case.treating.outdated(10.5)
    assert not case.treating.begin()
    assert (case.treating.now.substream, case.treating.seen) == (False, "h264")


def test_the_main_stream_gives_way_to_the_substream_only_when_all_pages_have_been_small_for_a_while() -> None:
    case = Case("h264", PLAIN, substream=Tracks())
    case.treating.hear(PLAIN, small=False)
    case.treating.begin()
    case.treating.hear(PLAIN, small=True)
    assert not case.treating.outdated(100.0)
    case.treating.hear(PLAIN, small=False)
    assert not case.treating.outdated(110.0)
    case.treating.hear(PLAIN, small=True)
    assert not case.treating.outdated(120.0)
    assert case.treating.outdated(120.1 + SETTLED)


def test_without_a_substream_small_pages_change_nothing() -> None:
    case = Case("h264", PLAIN)
    case.treating.hear(PLAIN, small=True)
    case.treating.begin()
    assert (case.treating.now.substream, case.treating.outdated(10.0)) == (False, False)


def test_h265_with_a_substream_in_h264_costs_small_pages_no_transcode() -> None:
    case = Case("h265", PLAIN, slots=0, substream=Tracks("h264"))
    case.treating.begin()
    assert case.treating.now == Treatment(substream=True)
    case.treating.hear(PLAIN, small=False)
    assert not case.treating.outdated(10.0)  # no slot for the large pictures: the small ones go on


def test_somebody_who_cannot_play_the_main_copy_gets_the_substream_at_once() -> None:
    case = Case("h265", H265, substream=Tracks("h264"))
    case.treating.hear(H265, small=False)
    case.treating.begin()
    assert case.treating.now.h265
    case.treating.hear(PLAIN, small=True)
    assert case.treating.outdated(10.0)
    assert case.treating.begin()
    assert (case.treating.now.substream, case.slots.taken) == (True, 0)


@pytest.mark.parametrize(
    ("main", "sub", "trait", "substream"),
    [
        ("h264", "mp4v", Trait.NO_SUBSTREAM, False),
        ("jpeg", "mp4v", None, True),
        ("h265", "hev1", Trait.H265_SUBSTREAM, True),
        ("h264", "hev1", Trait.H265_SUBSTREAM, False),
    ],
)
def test_a_substream_is_not_pulled_where_only_that_costs_a_transcode(
    main: str, sub: str, trait: Trait | None, substream: bool
) -> None:
    case = Case(main, PLAIN, substream=Tracks())
    case.treating.begin()
    assert case.treating.meet(sub)
    case.treating.begin()
    assert case.treating.now.substream == substream
    assert case.learnt == ([trait] if trait else [])


def test_a_substream_that_fails_for_good_is_left_alone_and_remembered() -> None:
    case = Case("h264", PLAIN, substream=Tracks())
    case.treating.begin()
    assert not case.treating.without_substream(Reason.TIMEOUT)
    assert case.treating.without_substream(Reason.NOT_FOUND)
    case.treating.begin()
    assert (case.treating.now.substream, case.learnt) == (False, [Trait.NO_SUBSTREAM])
    assert not case.treating.without_substream(Reason.NOT_FOUND)


def test_a_password_that_is_refused_says_nothing_of_the_substream() -> None:
    case = Case("h264", PLAIN, substream=Tracks())
    case.treating.begin()
    assert case.treating.without_substream(Reason.UNAUTHORIZED)
    assert case.learnt == []


def test_what_was_learnt_of_a_substream_is_used_from_the_start() -> None:
    assert tracks_of_substream({Trait.NO_SUBSTREAM}) is None
    assert tracks_of_substream({Trait.H265_SUBSTREAM}) == Tracks("h265")
    assert tracks_of_substream(set()) == Tracks()


def test_sound_comes_from_what_is_pulled() -> None:
    case = Case("h264", PLAIN, audio=True, sound="pcmu", substream=Tracks())
    case.treating.begin()
    assert (case.known.sound, case.known.substream) == (None, Tracks("h264", "pcmu"))
    assert case.treating.now == Treatment(substream=True, sound=Sound.ENCODE)

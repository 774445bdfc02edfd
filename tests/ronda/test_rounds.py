"""A round: begun, marked, ended; nothing is lost, nothing counts twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from cameras.models import Camera, Visibility
from incidents.models import Category, Incident, Picture
from neighborhoods.models import RT
from ronda import rounds
from ronda.log import log, totals
from ronda.models import Mark, Presence, Round, Verdict
from ronda.rounds import Finding
from streaming import stills

from .conftest import AFTERNOON, EVENING, MONDAY, SMALL_HOURS, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cameras")]


def found(camera: Camera, verdict: Verdict = Verdict.SAFE, key: str = "", **more: object) -> Finding:
    return Finding(camera.public_id, verdict, key or f"{camera.public_id}-{verdict}", **more)  # type: ignore[arg-type]


def stops(one: Round) -> list[tuple[str, str]]:
    return list(one.stops.values_list("name", "verdict"))


def test_a_round_holds_the_cameras_that_the_person_may_see(rt: RT, resident: User, head: User) -> None:
    assert [name for name, _ in stops(rounds.start(rt, resident, now=EVENING))] == ["Balai RT", "Gapura", "Pos kamling"]
    Camera.objects.update(visibility=Visibility.MATI)
    with pytest.raises(rounds.CannotRound):
        rounds.start(rt, head, now=EVENING)


@pytest.mark.usefixtures("roster")
def test_anybody_may_and_who_is_on_the_roster_is_marked_so(rt: RT, resident: User, guard: User) -> None:
    assert rounds.start(rt, resident, now=EVENING).scheduled
    assert not rounds.start(rt, guard, now=SMALL_HOURS).scheduled
    assert rounds.start(rt, resident, now=SMALL_HOURS).night == MONDAY
    daytime = rounds.start(rt, guard, now=at(25, 15))
    assert not daytime.in_hours


def test_starting_again_goes_on_where_one_stopped(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    rounds.mark(begun, found(cameras[0]), now=EVENING)
    again = rounds.start(rt, resident, now=EVENING + timedelta(minutes=20))
    assert again == begun
    assert stops(again)[0] == ("Balai RT", "aman")
    new = rounds.start(rt, resident, fresh=True, now=EVENING + timedelta(hours=2))
    assert new != begun
    assert rounds.start(rt, resident, fresh=True, now=EVENING + timedelta(hours=2, seconds=1)) == new, "tapped twice"
    assert Round.objects.get(pk=begun.pk).finished_at is not None


def test_the_last_mark_ends_the_round(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    for minute, camera in enumerate(cameras[:3]):
        verdict = Verdict.DEAD if camera.name == "Gapura" else Verdict.SAFE
        rounds.mark(begun, found(camera, verdict), now=EVENING + timedelta(minutes=minute))
    begun.refresh_from_db()
    assert begun.finished_at == EVENING + timedelta(minutes=2)
    assert totals([rt.pk], now=SMALL_HOURS)[rt.pk].rounds == 1
    assert not rounds.finish(begun, now=SMALL_HOURS)


def test_a_mark_that_is_sent_again_is_one_mark_and_one_report(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    wish = found(cameras[0], Verdict.REPORTED, "tanda-1", note="Ada orang memanjat", category=Category.KEAMANAN)
    first, second = (rounds.mark(begun, wish, now=EVENING) for _ in range(2))
    assert first == second
    assert Mark.objects.count() == Incident.objects.count() == 1
    assert first.incident is not None
    assert (first.incident.words, first.incident.camera, first.incident.rt) == ("Ada orang memanjat", cameras[0], rt)


def test_a_report_without_words_says_what_it_is_about(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    made = rounds.mark(begun, found(cameras[0], Verdict.REPORTED, category=Category.KEBAKARAN), now=EVENING)
    assert made.incident is not None
    assert made.incident.words == "Kebakaran, terlihat saat ronda"


def test_marks_that_come_late_count_from_when_they_were_made(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    later = EVENING + timedelta(minutes=30)
    rounds.mark(begun, found(cameras[0], Verdict.REPORTED, "baru-baru"), now=later)
    old = rounds.mark(begun, found(cameras[0], Verdict.SAFE, "lama-lama", seconds_ago=600), now=later)
    assert old.at == later - timedelta(minutes=10)
    assert stops(begun)[0] == ("Balai RT", "lapor"), "the newer of the two holds"
    lying = rounds.mark(begun, found(cameras[1], Verdict.SAFE, "jauh-jauh", seconds_ago=90_000), now=later)
    assert lying.at == EVENING, "not before the round began"


def test_a_report_that_comes_late_is_of_when_it_was_seen_and_has_no_still_of_another_time(
    rt: RT, resident: User, cameras: list[Camera], redis_server: object
) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    later = EVENING + timedelta(hours=4)
    for camera in cameras[:2]:
        stills.keep(camera.pk, camera.access_epoch, at=later.timestamp(), files={"large.jpeg": b"\xff\xd8 one"})
    late = rounds.mark(begun, found(cameras[0], Verdict.REPORTED, "lama-lama", seconds_ago=3 * 3600), now=later)
    just_now = rounds.mark(begun, found(cameras[1], Verdict.REPORTED, "baru-baru", seconds_ago=5), now=later)
    assert late.incident is not None
    assert (late.incident.at, late.incident.since) == (later - timedelta(hours=3), later)
    assert [row.incident for row in Picture.objects.all()] == [just_now.incident]


def test_a_round_that_ended_long_ago_takes_no_marks(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    rounds.finish(begun, reason="hujan", now=EVENING)
    rounds.mark(begun, found(cameras[0]), now=SMALL_HOURS)
    with pytest.raises(rounds.CannotRound):
        rounds.mark(begun, found(cameras[1]), now=EVENING + timedelta(hours=25))


def test_a_camera_of_another_rt_is_no_part_of_it(rt: RT, next_rt: RT, resident: User) -> None:
    from tests.conftest import make_camera

    begun = rounds.start(rt, resident, now=EVENING)
    with pytest.raises(rounds.CannotRound):
        rounds.mark(begun, found(make_camera(next_rt)), now=EVENING)


@pytest.mark.usefixtures("roster")
def test_those_who_come_along_are_present_and_strangers_are_not(
    rt: RT, resident: User, budi: User, neighbour: User
) -> None:
    rounds.start(rt, resident, beside=[budi.pk, neighbour.pk, 10**9], now=EVENING)
    assert set(Presence.objects.values_list("person", flat=True)) == {resident.pk, budi.pk}


@pytest.mark.usefixtures("roster")
def test_the_log_names_what_is_missing(rt: RT, resident: User, cameras: list[Camera]) -> None:
    begun = rounds.start(rt, resident, now=EVENING)
    rounds.mark(begun, found(cameras[0]), now=EVENING)
    rounds.mark(begun, found(cameras[1], Verdict.DEAD), now=EVENING)
    running = log(rt, MONDAY, MONDAY, now=SMALL_HOURS)
    assert running[0].gaps == [], "the night is not over"
    monday, before = log(rt, MONDAY - timedelta(days=1), MONDAY, now=at(24, 9))
    assert monday.gaps == ["Tidak hadir: budi.", "Tidak terlihat: Gapura, Pos kamling."]
    assert before.gaps == []
    (wednesday,) = log(rt, MONDAY + timedelta(days=2), MONDAY + timedelta(days=2), now=at(26, 9))
    assert wednesday.gaps == ["Tanpa ronda."]
    assert [one.name for one in wednesday.absent] == ["ketua"]


@pytest.mark.usefixtures("roster")
def test_what_one_missed_another_may_have_seen(rt: RT, resident: User, budi: User, cameras: list[Camera]) -> None:
    mine, his = rounds.start(rt, resident, now=EVENING), rounds.start(rt, budi, now=EVENING)
    rounds.mark(mine, found(cameras[0]), now=EVENING)
    for camera in cameras[1:3]:
        rounds.mark(his, found(camera), now=EVENING)
    (monday,) = log(rt, MONDAY, MONDAY, now=at(24, 9))
    assert monday.gaps == []
    assert [row.looked for row in monday.rounds] == [1, 2]


@pytest.mark.usefixtures("roster")
def test_a_round_in_the_afternoon_does_not_stand_for_the_night(
    rt: RT, resident: User, budi: User, cameras: list[Camera]
) -> None:
    begun = rounds.start(rt, resident, beside=[budi.pk], now=AFTERNOON)
    for camera in cameras[:3]:
        rounds.mark(begun, found(camera), now=AFTERNOON)
    (monday,) = log(rt, MONDAY, MONDAY, now=at(24, 9))
    assert monday.gaps == ["Tanpa ronda."]
    assert monday.present == []


def test_two_taps_in_one_moment_begin_one_round(rt: RT, resident: User, monkeypatch: pytest.MonkeyPatch) -> None:
    quicker = rounds.start(rt, resident, now=EVENING)
    monkeypatch.setattr(rounds, "_unfinished", lambda *whose: None)  # it began after this one had looked
    assert rounds.start(rt, resident, now=EVENING) == quicker
    assert Round.objects.count() == 1


def test_every_round_of_a_night_may_be_made_by_several_at_once(
    rt: RT, resident: User, head: User, cameras: list[Camera]
) -> None:
    both = [rounds.start(rt, person, now=EVENING) for person in (resident, head)]
    for one in both:
        rounds.mark(one, found(cameras[0], key="kunci-sama"), now=EVENING)
    assert Mark.objects.count() == 2, "a key is a phone's own: another's is no repetition"
    assert totals([rt.pk], now=EVENING)[rt.pk].rounds == 2

"""Timetables over a night and its edges; the clock is handed in."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User

from cameras import confirming, timetables, visibility
from cameras.models import Camera, Cause, Need, Visibility, VisibilityChange
from cameras.timetable_records import Hold, Timetable
from neighborhoods.models import RT
from tests.conftest import make_camera

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 20, 12, tzinfo=WIB)


def clock(text: str, day: int = 20) -> datetime:
    hour, minute = text.split(".")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=WIB).astimezone(UTC)


@pytest.fixture
def night(rt: RT, camera: Camera, head: User) -> Timetable:
    """Residents only, from 22 to 5."""
    return timetables.make(of=rt, level=Visibility.WARGA_RT, begins=time(22), ends=time(5), by=head, now=NOON)


def by_hand(camera: Camera, to: Visibility, head: User, at: datetime) -> None:
    camera.refresh_from_db()
    visibility.switch(camera, to=to, by=head, now=at)


def level(camera: Camera) -> str:
    camera.refresh_from_db()
    return camera.visibility


def test_the_night_narrows_and_the_morning_gives_back(night: Timetable, camera: Camera) -> None:
    seen = []
    for moment in (clock("21.59"), clock("22.00"), clock("3.00", 21), clock("4.59", 21), clock("5.00", 21)):
        timetables.apply_due(moment)
        seen.append(level(camera))
    assert seen == ["publik", "warga_rt", "warga_rt", "warga_rt", "publik"]
    rows = list(VisibilityChange.objects.order_by("pk"))
    assert {(row.by, row.cause) for row in rows} == {(None, Cause.TIMETABLE)}
    assert [row.reason for row in rows] == ["jadwal 22.00–05.00", "jadwal 22.00–05.00 selesai"]
    assert [row.who for row in VisibilityChange.objects.all()] == ["jadwal", "jadwal"]


def test_each_edge_begins_another_epoch_and_between_them_nothing_changes(night: Timetable, camera: Camera) -> None:
    epochs = []
    for moment in (clock("22.00"), clock("22.01"), clock("23.00"), clock("5.00", 21), clock("5.01", 21)):
        timetables.apply_due(moment)
        camera.refresh_from_db()
        epochs.append(camera.access_epoch)
    assert epochs == [2, 2, 2, 3, 3]


def test_who_switches_by_hand_at_night_is_right_until_morning(night: Timetable, camera: Camera, head: User) -> None:
    timetables.apply_due(clock("22.00"))
    by_hand(camera, Visibility.KELURAHAN, head, clock("23.00"))
    timetables.apply_due(clock("23.01"))
    assert level(camera) == "kelurahan"
    timetables.apply_due(clock("5.00", 21))
    assert level(camera) == "publik"
    timetables.apply_due(clock("22.00", 21))
    assert level(camera) == "warga_rt"


def test_downtime_catches_up(night: Timetable, camera: Camera) -> None:
    timetables.apply_due(clock("2.00", 21))
    assert level(camera) == "warga_rt"
    timetables.apply_due(clock("1.00", 24))
    assert level(camera) == "warga_rt", "two nights later, still night"
    timetables.apply_due(clock("11.00", 24))
    assert level(camera) == "publik"


def test_who_switched_while_nobody_kept_the_timetable_is_right_too(
    night: Timetable, camera: Camera, head: User
) -> None:
    by_hand(camera, Visibility.KELURAHAN, head, clock("22.30"))
    timetables.apply_due(clock("23.00"))
    assert level(camera) == "kelurahan"
    timetables.apply_due(clock("5.00", 21))
    assert level(camera) == "publik", "what held before these hours"
    timetables.apply_due(clock("22.00", 21))
    by_hand(camera, Visibility.KELURAHAN, head, clock("5.30", 22))
    timetables.apply_due(clock("6.00", 22))
    assert level(camera) == "kelurahan"


@pytest.mark.parametrize("moment", ["21.00", "23.00"])
def test_what_was_closed_by_hand_stays_closed(night: Timetable, camera: Camera, head: User, moment: str) -> None:
    timetables.apply_due(clock(moment))
    by_hand(camera, Visibility.MATI, head, clock(moment))
    for later in (clock("23.30"), clock("5.00", 21), clock("22.00", 21), clock("5.00", 22)):
        timetables.apply_due(later)
        assert level(camera) == "mati"


def test_a_timetable_may_close_and_opens_what_it_closed(camera: Camera, head: User) -> None:
    timetables.make(of=camera, level=Visibility.MATI, begins=time(22), ends=time(5), by=head, now=NOON)
    timetables.apply_due(clock("22.00"))
    assert level(camera) == "mati"
    timetables.apply_due(clock("5.00", 21))
    assert level(camera) == "publik"


def test_a_timetable_made_within_its_hours_holds_at_once_and_its_end_gives_back_at_once(
    rt: RT, camera: Camera, head: User
) -> None:
    now = clock("23.00")
    made = timetables.make(of=rt, level=Visibility.PETUGAS, begins=time(22), ends=time(5), by=head, now=now)
    assert level(camera) == "petugas"
    assert timetables.end(made, by=head, now=now + timedelta(minutes=1))
    assert level(camera) == "publik"
    assert not timetables.end(made, by=head, now=now + timedelta(minutes=2))
    assert not Hold.objects.exists()


def test_the_cameras_own_goes_before_the_rts_and_of_several_the_narrowest(
    night: Timetable, rt: RT, camera: Camera, head: User
) -> None:
    other = make_camera(rt, name="Gapura, arah masjid")
    timetables.make(of=camera, level=Visibility.KELURAHAN, begins=time(21), ends=time(23), by=head, now=NOON)
    timetables.make(of=rt, level=Visibility.PETUGAS, begins=time(23), ends=time(4), by=head, now=NOON)
    seen = []
    for moment in (clock("22.00"), clock("23.00"), clock("4.00", 21), clock("5.00", 21)):
        timetables.apply_due(moment)
        seen.append((level(camera), level(other)))
    assert seen == [("kelurahan", "warga_rt"), ("petugas", "petugas"), ("warga_rt", "warga_rt"), ("publik", "publik")]


def test_a_camera_that_must_be_looked_at_waits_and_returns_to_what_holds_then(
    night: Timetable, camera: Camera, head: User
) -> None:
    confirming.ask(camera.pk, Need.SCENE, now=NOON)
    timetables.apply_due(clock("22.00"))
    assert level(camera) == "petugas"
    confirming.confirm(camera.pk, by=head, now=clock("23.00"))
    assert level(camera) == "warga_rt", "not public for a moment"
    timetables.apply_due(clock("5.00", 21))
    assert level(camera) == "publik"


def test_an_owner_who_agreed_to_less_is_respected(rt: RT, camera: Camera, head: User) -> None:
    Camera.objects.update(visibility=Visibility.WARGA_RT, widest=Visibility.WARGA_RW)
    timetables.make(of=rt, level=Visibility.PUBLIK, begins=time(6), ends=time(18), by=head, now=NOON)
    assert level(camera) == "warga_rw"


def test_a_timetable_of_the_rt_opens_no_camera_that_is_for_officers_and_one_of_its_own_does(
    night: Timetable, camera: Camera, head: User
) -> None:
    by_hand(camera, Visibility.PETUGAS, head, NOON)
    timetables.apply_due(clock("22.00"))
    assert level(camera) == "petugas"
    timetables.make(of=camera, level=Visibility.WARGA_RT, begins=time(23), ends=time(4), by=head, now=clock("22.30"))
    timetables.apply_due(clock("23.00"))
    assert level(camera) == "warga_rt"
    timetables.apply_due(clock("5.00", 21))
    assert level(camera) == "petugas"


def test_two_who_keep_it_at_once_change_once(night: Timetable, camera: Camera) -> None:
    assert [timetables.apply_due(clock("22.00")), timetables.apply_due(clock("22.00"))] == [1, 0]
    assert VisibilityChange.objects.count() == 1


def test_the_same_twice_or_without_hours_is_refused_in_words(
    night: Timetable, rt: RT, camera: Camera, head: User
) -> None:
    with pytest.raises(timetables.CannotMake, match="sudah ada"):
        timetables.make(of=rt, level=Visibility.WARGA_RT, begins=time(22), ends=time(5), by=head)
    with pytest.raises(timetables.CannotMake, match="harus berbeda"):
        timetables.make(of=rt, level=Visibility.WARGA_RT, begins=time(5), ends=time(5), by=head)
    with pytest.raises(timetables.CannotMake, match="satu hari"):
        timetables.make(of=rt, level=Visibility.WARGA_RT, begins=time(5), ends=time(6), days=frozenset(), by=head)


def test_an_edge_ends_what_was_given_out(night: Timetable, camera: Camera, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    from streaming import demand

    with django_capture_on_commit_callbacks(execute=True):
        timetables.apply_due(clock("22.00"))
    assert demand.announced_epoch(camera.pk) == 2


def test_a_city_of_timetables_is_kept_within_a_few_queries(
    night: Timetable, rt: RT, head: User, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        make_camera(rt, name=f"Jalan {number}")
    timetables.apply_due(clock("22.00"))
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        timetables.apply_due(clock("22.01"))

"""The viewing log: from wishes to rows, totals, and names for cause. The Redis is real; the clock is handed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from cameras.models import Camera
from streaming import nodes, tasks, viewing_log, viewings, watching
from streaming.models import NamesLook, Viewing
from streaming.nodes import Node

pytestmark = pytest.mark.django_db
START = 1_800_000_000.0


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock to some seconds after the start."""

    def set_clock(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: START + seconds)

    set_clock(0)
    return set_clock


def row() -> tuple[float, float, bool]:
    """Beginning and end after the start, and whether it is over."""
    one = Viewing.objects.get()
    return (one.began_at.timestamp() - START, one.seen_until.timestamp() - START, one.closed)


def test_a_viewing_begins_grows_and_is_closed(at: Callable[[float], None], camera: Camera, resident: User) -> None:
    for second in range(0, 50, 8):
        at(second)
        viewings.seen(camera.pk, "wabc", resident.pk)
    viewings.write_down(START + 60)
    assert row() == (0, 48, False)
    at(64)
    viewings.seen(camera.pk, "wabc", resident.pk)
    viewings.write_down(START + 120)
    assert row() == (0, 64, True)
    assert Viewing.objects.get().account == resident
    at(300)
    viewings.seen(camera.pk, "wabc", resident.pk)
    viewings.write_down(START + 310)
    assert Viewing.objects.count() == 2


def test_a_renewal_writes_nothing_to_the_database(
    at: Callable[[float], None], camera: Camera, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        viewings.seen(camera.pk, "wabc", None)


def test_writing_twice_is_harmless(at: Callable[[float], None], camera: Camera) -> None:
    viewings.seen(camera.pk, "t1", None)
    viewings.write_down(START + 5)
    viewings.write_down(START + 5)
    assert row() == (0, 0, False)


def test_a_renewal_while_it_is_written_is_not_lost(
    at: Callable[[float], None], camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewings.seen(camera.pk, "t1", None)
    write = viewings._write

    def meanwhile(*arguments: Any) -> None:
        write(*arguments)
        at(30)
        viewings.seen(camera.pk, "t1", None)

    monkeypatch.setattr(viewings, "_write", meanwhile)
    viewings.write_down(START + 30)
    monkeypatch.setattr(viewings, "_write", write)
    viewings.write_down(START + 35)
    assert row() == (0, 30, False)


def test_a_lost_redis_loses_the_last_minutes_and_no_more(
    at: Callable[[float], None], camera: Camera, redis_server: redis.Redis
) -> None:
    viewings.seen(camera.pk, "t1", None)
    viewings.write_down(START + 5)
    redis_server.flushall()
    viewings.write_down(START + 700)
    assert row() == (0, 0, True)


def test_cameras_and_accounts_that_are_gone_disturb_nobody(
    at: Callable[[float], None], camera: Camera, resident: User
) -> None:
    viewings.seen(camera.pk, "wabc", resident.pk)
    viewings.seen(camera.pk + 1, "wabc", resident.pk)
    viewings.seen(camera.pk, "wxyz", resident.pk + 99)
    viewings.write_down(START + 5)
    assert set(Viewing.objects.values_list("camera", "account")) == {(camera.pk, resident.pk), (camera.pk, None)}


def test_a_wish_is_a_viewing(camera: Camera, resident: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.run_stream, "apply_async", lambda **options: None)
    nodes.beat(Node("one", running=0, slots=9))
    watching.watch(camera, user_pk=resident.pk)
    watching.watch(camera, user_pk=None, address="36.80.1.1")
    tasks.write_viewings()
    assert sorted(Viewing.objects.values_list("account", "closed"), key=str) == [(resident.pk, False), (None, False)]


def test_old_rows_are_erased(camera: Camera) -> None:
    now = timezone.now()
    for days in (1, 29, 31, 400):
        seen = now - timedelta(days=days)
        Viewing.objects.create(camera=camera, viewer=f"t{days}", began_at=seen, seen_until=seen, closed=True)
    tasks.forget_viewings()
    assert set(Viewing.objects.values_list("viewer", flat=True)) == {"t1", "t29"}


# ---- what it says --------------------------------------------------------------------------------------------------------------


def watched(camera: Camera, account: User | None, day: int, hour: int, minutes: int, viewer: str = "t1") -> None:
    began = datetime(2026, 11, day, hour, tzinfo=UTC)
    Viewing.objects.create(
        camera=camera, account=account, viewer=viewer, began_at=began, seen_until=began + timedelta(minutes=minutes)
    )


def test_totals_are_by_day_of_the_city(camera: Camera, resident: User) -> None:
    watched(camera, resident, 19, 18, 10)  # 1.00 on the 20th in Semarang
    watched(camera, resident, 20, 3, 5, "w1")
    watched(camera, None, 20, 4, 2, "t2")
    watched(camera, None, 18, 4, 1, "t3")
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    days = viewing_log.totals(camera, now=now)
    assert [(one.day.day, one.viewings, one.people, one.strangers, one.minutes) for one in days] == [
        (20, 3, 1, 1, 17),
        (18, 1, 0, 1, 1),
    ]


def test_names_need_a_reason_and_the_look_is_written_down(camera: Camera, head: User, resident: User) -> None:
    watched(camera, resident, 20, 3, 5)
    watched(camera, None, 20, 4, 5, "t2")
    day = date(2026, 11, 20)
    for reason in ("", "   ", "iseng"):
        with pytest.raises(viewing_log.NotWithoutReason):
            viewing_log.names(camera, by=head, reason=reason, first_day=day, last_day=day)
    assert not NamesLook.objects.exists()
    found = viewing_log.names(camera, by=head, reason="laporan pencurian", first_day=day, last_day=day)
    assert [viewing_log.name_of(one) for one in found] == ["tanpa akun", "warga"]
    look = NamesLook.objects.get()
    assert (look.by, look.reason, look.camera) == (head, "laporan pencurian", camera)


def test_the_page_shows_totals_without_names_and_names_with_a_reason(
    camera: Camera, head: User, resident: User
) -> None:
    User.objects.filter(pk=resident.pk).update(first_name="Siti", last_name="Rahayu")
    now = timezone.now()
    Viewing.objects.create(camera=camera, account=resident, viewer="w1", began_at=now, seen_until=now, closed=True)
    browser, page = Client(), f"/kamera/{camera.public_id}/tontonan/"
    browser.force_login(head)
    html = browser.get(page).content.decode()
    assert "Siti Rahayu" not in html
    assert "<td>1</td>" in html
    today = timezone.localdate().isoformat()
    refused = browser.post(page, {"reason": "", "first_day": today, "last_day": today}).content.decode()
    assert "Tulis alasannya" in refused
    assert "Siti Rahayu" not in refused
    shown = browser.post(page, {"reason": "laporan pencurian", "first_day": today, "last_day": today})
    assert "Siti Rahayu" in shown.content.decode()
    assert "laporan pencurian" in browser.get(page).content.decode()


def test_the_log_by_the_api(camera: Camera, head: User, resident: User) -> None:
    watched(camera, resident, 20, 3, 5)
    browser, path = Client(), f"/api/v1/cameras/{camera.public_id}/viewings/"
    browser.force_login(resident)
    assert browser.get(path).status_code == 403
    browser.force_login(head)
    assert browser.get(path).status_code == 200
    wish = {"reason": "laporan pencurian", "first_day": "2026-11-20", "last_day": "2026-11-20"}
    assert browser.post(f"{path}names/", wish, content_type="application/json").json()[0]["name"] == "warga"
    for wrong in ({"last_day": "9999-12-31"}, {"first_day": "2026-11-21"}, {"reason": "          "}):
        answer = browser.post(f"{path}names/", {**wish, **wrong}, content_type="application/json")
        assert answer.status_code == 400, wrong
    assert NamesLook.objects.count() == 1

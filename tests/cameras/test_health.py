from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cameras.health import PICTURE_FAULT_HOLD, Observation, Pace, State, decide, observe
from cameras.models import Camera, Health, Status, StatusChange
from cameras.reasons import Reason

NOW = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
PACE = Pace(interval=60, retry=5, failures=2)
ONLINE = State(Status.ONLINE, Reason.NONE, NOW, 0, NOW)


def seen(after: float, reason: Reason = Reason.NONE, *, pictures: bool = False) -> Observation:
    return Observation(1, NOW + timedelta(seconds=after), reason, pictures)


def test_one_failure_is_asked_again_soon_and_changes_nothing() -> None:
    state = decide(ONLINE, seen(60, Reason.TIMEOUT), PACE)
    assert (state.status, state.failures) == (Status.ONLINE, 1)
    assert state.due_at == NOW + timedelta(seconds=65)


def test_the_second_failure_in_a_row_is_offline_since_then() -> None:
    once = decide(ONLINE, seen(60, Reason.TIMEOUT), PACE)
    twice = decide(once, seen(65, Reason.REFUSED), PACE)
    assert (twice.status, twice.reason, twice.since) == (Status.OFFLINE, Reason.REFUSED, NOW + timedelta(seconds=65))


def test_a_success_between_two_failures_forgives_the_first() -> None:
    once = decide(ONLINE, seen(60, Reason.TIMEOUT), PACE)
    again = decide(decide(once, seen(65), PACE), seen(125, Reason.TIMEOUT), PACE)
    assert again.status == Status.ONLINE


def test_a_refused_password_needs_no_second_opinion() -> None:
    assert decide(ONLINE, seen(60, Reason.UNAUTHORIZED), PACE).status == Status.OFFLINE


def test_one_success_brings_a_camera_back_with_a_new_since() -> None:
    offline = State(Status.OFFLINE, Reason.TIMEOUT, NOW, 5, NOW)
    back = decide(offline, seen(60), PACE)
    assert (back.status, back.reason, back.since) == (Status.ONLINE, Reason.NONE, NOW + timedelta(seconds=60))


def test_another_reason_within_an_outage_keeps_its_since() -> None:
    offline = State(Status.OFFLINE, Reason.TIMEOUT, NOW, 5, NOW)
    still = decide(offline, seen(60, Reason.REFUSED), PACE)
    assert (still.reason, still.since) == (Reason.REFUSED, NOW)


def test_an_answer_alone_does_not_prove_that_pictures_are_back() -> None:
    offline = State(Status.OFFLINE, Reason.NO_VIDEO, NOW, 2, NOW)
    assert decide(offline, seen(60), PACE).status == Status.OFFLINE
    assert decide(offline, seen(60, pictures=True), PACE).status == Status.ONLINE
    assert decide(offline, seen(PICTURE_FAULT_HOLD.total_seconds() + 1), PACE).status == Status.ONLINE


@pytest.mark.django_db(transaction=True)
def test_a_change_is_kept_with_its_reason_and_the_next_look_is_due(camera: Camera) -> None:
    now = timezone.now()
    assert observe([Observation(camera.pk, now)]) == [camera.pk]
    assert observe([Observation(camera.pk, now + timedelta(seconds=1), Reason.UNAUTHORIZED)]) == [camera.pk]
    row = Health.objects.get(pk=camera.pk)
    assert (row.status, row.reason) == (Status.OFFLINE, Reason.UNAUTHORIZED)
    assert row.due_at > now
    assert list(StatusChange.objects.values_list("old_status", "new_status", "reason")) == [
        ("online", "offline", "unauthorized"),
        ("unknown", "online", ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_older_observation_comes_too_late(camera: Camera) -> None:
    now = timezone.now()
    observe([Observation(camera.pk, now, pictures=True)])
    assert observe([Observation(camera.pk, now - timedelta(seconds=3), Reason.UNAUTHORIZED)]) == []
    assert Health.objects.get(pk=camera.pk).status == Status.ONLINE

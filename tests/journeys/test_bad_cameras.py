"""Cameras that do not do what they should: each has a clear answer, in its status and to whoever wants to watch."""

from __future__ import annotations

import pytest

from .portal import Portal, eventually


@pytest.mark.parametrize(
    ("number", "fault", "reason"),
    [
        (13, "", "refused"),
        (18, "", "unauthorized"),
        (23, "", "not_found"),
        (14, "refuse", "refused"),
        (15, "401", "unauthorized"),
        (16, "404", "not_found"),
        (17, "silent", "timeout"),
        (19, "novideo", "no_video"),
    ],
)
def test_the_status_says_why(portal: Portal, number: int, fault: str, reason: str) -> None:
    slug, camera = f"kamera-{number:04d}", f"contoh{number:04d}"
    if fault:
        portal.break_(slug, fault)
    try:
        visitor = portal.visitor()
        eventually(
            lambda: visitor.ask(f"/api/v1/cameras/{camera}/").json["reason"] == reason,
            f"{camera} says {reason}",
        )
        answer = visitor.ask(f"/api/v1/cameras/{camera}/").json
        assert answer["status"] == "offline"
        assert answer["reason_text"]
        assert answer["mender"]
    finally:
        if fault:
            portal.mend(slug)


def test_who_wants_to_watch_a_camera_with_a_wrong_password_hears_it_and_it_is_not_hammered(portal: Portal) -> None:
    visitor = portal.visitor()

    def failed() -> bool:
        return bool(visitor.watch("contoh0018").json["stream"]["state"] == "failed")

    eventually(failed, "the stream says failed")
    answer = visitor.watch("contoh0018").json
    assert answer["stream"]["reason"] == "unauthorized"
    assert visitor.ask(answer["playlist_url"]).status == 503
    asked = portal.simulator(do="sessions")["cameras"]["kamera-0018"]["connections"]
    for _ in range(20):
        visitor.watch("contoh0018")
    after = portal.simulator(do="sessions")["cameras"]["kamera-0018"]["connections"]
    assert after - asked <= 2, "at most the prober's own look in between"


def test_a_camera_that_is_cut_while_watched_comes_back_when_it_does(portal: Portal) -> None:
    visitor = portal.visitor()
    state = ""

    def is_(*wanted: str) -> bool:
        nonlocal state
        state = visitor.watch("contoh0020").json["stream"]["state"]
        return state in wanted

    eventually(lambda: is_("live"), "it is live")
    portal.break_("kamera-0020", "cut")
    try:
        eventually(lambda: is_("stalled", "backing_off", "starting"), "the loss is noticed")
    finally:
        portal.mend("kamera-0020")
    eventually(lambda: is_("live"), "it is live again")

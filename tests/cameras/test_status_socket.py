"""The socket tells what was wished for, to whom may hear it, and no more."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser, User

from cameras import consumers, health, visibility
from cameras.consumers import StatusConsumer
from cameras.health import Observation
from cameras.map_query import Box
from cameras.models import Camera, Status, Visibility
from cameras.place_news import MOST, Change, PlaceNews
from cameras.reasons import Reason
from cameras.wishes import LONGEST_MESSAGE, MOST_NAMED, Wish, wish_of_address, wish_of_message
from neighborhoods.models import RT
from tests.conftest import make_camera

HERE = "110.389,-7.051,110.391,-7.049"
ELSEWHERE = [100.0, 1.0, 100.1, 1.1]

# ---- wishes ------------------------------------------------------------------------------------------------------------------


def test_an_address_says_what_is_wished_for() -> None:
    assert wish_of_address({}) == Wish(everything=True)
    assert wish_of_address({"camera": ["a", "b"]}) == Wish(cameras=frozenset({"a", "b"}))
    assert wish_of_address({"bbox": [HERE]}) == Wish(box=Box(110.389, -7.051, 110.391, -7.049))
    assert wish_of_address({"places": ["1"], "camera": ["a"]}) == Wish(cameras=frozenset({"a"}), places=True)
    assert wish_of_address({"quiet": ["1"]}) == Wish()
    assert wish_of_address({"bbox": ["nonsense"]}) == Wish(), "not everything"
    assert len(wish_of_address({"camera": [str(number) for number in range(9999)]}).cameras) == MOST_NAMED


def test_a_message_changes_what_it_names_and_leaves_the_rest() -> None:
    before = Wish(cameras=frozenset({"a"}), places=True)
    part = wish_of_message('{"view": {"bbox": [1, 2, 3, 4]}}', before)
    assert part == Wish(cameras=frozenset({"a"}), box=Box(1, 2, 3, 4))
    assert part is not None
    assert wish_of_message('{"cameras": ["b", 7, null]}', part) == Wish(cameras=frozenset({"b"}), box=Box(1, 2, 3, 4))
    assert wish_of_message('{"view": null}', before) == Wish(cameras=frozenset({"a"}))
    assert wish_of_message('{"view": {"places": true}}', Wish(everything=True)) == Wish(places=True)


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "7", "null", "{}", '{"hello": 1}', "[" * 100_000, " " * LONGEST_MESSAGE + "{}"]
)
def test_other_messages_are_passed_over(text: str) -> None:
    assert wish_of_message(text, Wish()) is None


@pytest.mark.parametrize(
    "view", [7, "x", [], {"bbox": [1, 2]}, {"bbox": [4, 3, 2, 1]}, {"bbox": {"a": 1}}, {"places": 1}]
)
def test_a_view_that_is_none_hears_nothing(view: Any) -> None:
    assert wish_of_message(json.dumps({"view": view}), Wish(places=True)) == Wish()


# ---- numbers of places -------------------------------------------------------------------------------------------------------


def change(was: str, now: str, since: str = "t1", category: str = "sungai") -> Change:
    return Change("33.74.12.1008", category, was, now, since)


def told(category: str, was: str, now: str, n: int) -> dict[str, Any]:
    return {"kelurahan": "33.74.12.1008", "category": category, "from": was, "to": now, "n": n}


def test_changes_are_put_together_and_each_counts_once() -> None:
    news = PlaceNews()
    for _ in range(2):  # by the group of everybody, and by that of the RT
        news.hear("a", change("online", "offline"))
        news.hear("b", change("online", "offline"))
        news.hear("c", change("unknown", "online", category="fasilitas"))
    assert news.take() == [told("sungai", "online", "offline", 2), told("fasilitas", "unknown", "online", 1)]
    news.hear("a", change("online", "offline"))
    assert news.take() == [], "heard of it before"


def test_a_camera_that_came_back_meanwhile_changed_no_number() -> None:
    news = PlaceNews()
    news.hear("a", change("online", "offline", "t1"))
    news.hear("a", change("offline", "online", "t2"))
    news.hear("b", change("unknown", "offline", "t1"))
    news.hear("b", change("offline", "online", "t2"))
    assert news.take() == [told("sungai", "unknown", "online", 1)]


def test_too_much_to_be_told_is_asked_for_anew() -> None:
    news = PlaceNews()
    for number in range(MOST + 1):
        news.hear(str(number), Change(str(number), "sungai", "online", "offline", "t"))
    assert news.take() == []
    assert news.stale


# ---- the socket --------------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def socket(person: User | AnonymousUser, query: str = "") -> AsyncIterator[WebsocketCommunicator]:
    here = WebsocketCommunicator(StatusConsumer.as_asgi(), f"/ws/status/?{query}")
    here.scope["user"] = person
    connected, _ = await here.connect()
    assert connected
    yield here
    await here.disconnect()


async def heard(here: WebsocketCommunicator) -> dict[str, Any]:
    message: dict[str, Any] = await here.receive_json_from(timeout=10)
    return message


@database_sync_to_async
def goes_off(camera: Camera) -> None:
    seen = Observation(camera.pk, datetime.now(UTC), Reason.UNAUTHORIZED)
    assert health.observe([seen]) == [camera.pk]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "GATHER", 0.05)


@pytest.mark.django_db(transaction=True)
async def test_a_part_of_the_map_gets_no_snapshot_and_hears_of_its_cameras(
    camera: Camera, stranger: AnonymousUser
) -> None:
    async with socket(stranger, f"bbox={HERE}") as here, socket(stranger, "bbox=100,1,100.1,1.1") as away:
        assert await here.receive_nothing()
        await goes_off(camera)
        news = await heard(here)
        assert (news["type"], [one["id"] for one in news["cameras"]]) == ("status", [camera.public_id])
        assert "lon" not in str(news), "where it is goes no further than the socket"
        assert await away.receive_nothing()


@pytest.mark.django_db(transaction=True)
async def test_another_view_is_wished_for_over_the_same_connection(camera: Camera, stranger: AnonymousUser) -> None:
    async with socket(stranger, f"bbox={HERE}") as here:
        await here.send_json_to({"view": {"bbox": ELSEWHERE}})
        await here.send_json_to({"cameras": [camera.public_id, "nobody"]})
        snapshot = await heard(here)
        assert [one["id"] for one in snapshot["cameras"]] == [camera.public_id]
        await here.send_json_to({"cameras": []})
        assert await here.receive_nothing()
        await goes_off(camera)
        assert await here.receive_nothing()


@pytest.mark.django_db(transaction=True)
async def test_places_hear_numbers_once_even_of_a_camera_told_to_several_groups(camera: Camera, resident: User) -> None:
    async with socket(resident, "places=1") as here:
        await goes_off(camera)
        assert await heard(here) == {
            "type": "places",
            "changes": [
                {"kelurahan": "33.74.12.1008", "category": "lingkungan", "from": "unknown", "to": "offline", "n": 1}
            ],
        }
        assert await here.receive_nothing()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("query", ["places=1", f"bbox={HERE}"])
async def test_a_switch_makes_what_is_shown_stale_for_those_who_saw_it(
    camera: Camera, rt: RT, stranger: AnonymousUser, head: User, query: str
) -> None:
    secret = await database_sync_to_async(make_camera)(rt, Visibility.WARGA_RT)
    async with socket(stranger, query) as here:
        await database_sync_to_async(visibility.switch)(secret, to=Visibility.MATI, by=head, reason="")
        await goes_off(secret)
        assert await here.receive_nothing(), "nothing of a camera that they may not know of"
        await database_sync_to_async(visibility.switch)(camera, to=Visibility.MATI, by=head, reason="")
        assert await heard(here) == {"type": "stale"}
        assert await here.receive_nothing()


@pytest.mark.django_db(transaction=True)
async def test_named_cameras_and_everything_work_as_they_did(camera: Camera, rt: RT, stranger: AnonymousUser) -> None:
    other = await database_sync_to_async(make_camera)(rt, name="Lain")
    async with socket(stranger, f"camera={camera.public_id}") as one, socket(stranger) as all_:
        assert [row["id"] for row in (await heard(one))["cameras"]] == [camera.public_id]
        assert {row["id"] for row in (await heard(all_))["cameras"]} == {camera.public_id, other.public_id}
        await goes_off(other)
        news = await heard(all_)
        assert [(row["id"], row["status"]) for row in news["cameras"]] == [(other.public_id, Status.OFFLINE)]
        assert await one.receive_nothing()


@pytest.mark.django_db(transaction=True)
async def test_who_wishes_too_often_is_sent_away(stranger: AnonymousUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "WISHES_A_MINUTE", 3)
    async with socket(stranger, "quiet=1") as here:
        for _ in range(4):
            await here.send_json_to({"view": {"places": True}})
        farewell = await here.receive_output(timeout=10)
        assert (farewell["type"], farewell["code"]) == ("websocket.close", consumers.TOO_OFTEN)


@pytest.mark.django_db(transaction=True)
async def test_a_snapshot_says_which_of_the_named_cameras_are_closed(rt: RT, resident: User) -> None:
    opened, closed = [
        await database_sync_to_async(make_camera)(rt, level, name=level)
        for level in (Visibility.WARGA_RT, Visibility.PETUGAS)
    ]
    async with socket(resident, f"camera={opened.public_id}&camera={closed.public_id}") as here:
        snapshot = await heard(here)
        assert {row["id"] for row in snapshot["cameras"]} == {opened.public_id, closed.public_id}
        assert snapshot["closed"] == [closed.public_id]

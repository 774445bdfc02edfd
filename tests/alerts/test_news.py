"""The socket: an RT's people hear its kentongan, others nothing."""

from __future__ import annotations

from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext

from alerts import answering, ringing
from alerts.consumers import NOTHING_HERE, NewsConsumer
from alerts.models import Alarm, Ending, Kind
from alerts.ringing import Call
from alerts.telling import tell
from neighborhoods.models import RT, Residency
from tiliksemar.language import Speaking

pytestmark = pytest.mark.django_db(transaction=True)


async def listen(person: User | AnonymousUser, *, language: bytes = b"id") -> Any:
    headers = [(b"accept-language", language)]
    socket = WebsocketCommunicator(Speaking(NewsConsumer.as_asgi()), "/ws/kabar/", headers)
    socket.scope["user"] = person
    connected, _ = await socket.connect(timeout=10)
    assert connected
    return socket


@database_sync_to_async
def ring(rt: RT, by: User) -> Alarm:
    return ringing.ring(rt, Call(Kind.MALING, "gang belakang"), by=by)


async def test_a_page_hears_the_alarm_who_comes_and_its_end(rt: RT, resident: User, head: User) -> None:
    page = await listen(head)
    assert await page.receive_json_from(timeout=10) == {"type": "snapshot", "alarms": []}
    alarm = await ring(rt, resident)
    heard = (await page.receive_json_from(timeout=10))["alarm"]
    assert heard | {"at": ""} == {
        "id": alarm.pk, "rt": rt.pk, "rt_text": "RT 003 / RW 005", "kind": "maling", "note": "gang belakang",
        "state": "ringing", "ending": "", "caller": "warga", "caller_id": resident.pk, "at": "", "coming": [],
        "url": f"/kentongan/bunyi/{alarm.pk}/",
    }  # fmt: skip
    await database_sync_to_async(answering.come)(alarm, by=head)
    assert (await page.receive_json_from(timeout=10))["alarm"]["coming"] == ["ketua"]
    late = await listen(head)
    assert [one["id"] for one in (await late.receive_json_from(timeout=10))["alarms"]] == [alarm.pk]
    await late.disconnect()
    await database_sync_to_async(answering.end)(alarm, by=resident, ending=Ending.SAFE)
    assert (await page.receive_json_from(timeout=10))["alarm"]["ending"] == "aman"
    await page.disconnect()


async def test_neighbours_of_other_rts_and_officers_hear_nothing(
    rt: RT, resident: User, neighbour: User, officer: User, former: User
) -> None:
    pages = [await listen(one) for one in (neighbour, officer, former)]
    for page in pages:
        assert await page.receive_json_from(timeout=10) == {"type": "snapshot", "alarms": []}
    await ring(rt, resident)
    # A word of their own afterwards: what came before it would have come first.
    for person, page in zip((neighbour, officer, former), pages, strict=True):
        await database_sync_to_async(tell)([person.pk], lambda: ("Halo", ""), url="/", tag="x")
        assert (await page.receive_json_from(timeout=10))["type"] == "word"
        await page.disconnect()


async def test_a_stranger_is_told_not_to_come_again() -> None:
    socket = WebsocketCommunicator(NewsConsumer.as_asgi(), "/ws/kabar/")
    socket.scope["user"] = AnonymousUser()
    await socket.connect(timeout=10)
    assert await socket.receive_output(timeout=10) == {"type": "websocket.close", "code": NOTHING_HERE}


async def test_who_leaves_the_rt_is_hung_up_on(rt: RT, resident: User) -> None:
    page = await listen(resident)
    await page.receive_json_from(timeout=10)
    residency = await Residency.objects.aget(user=resident)
    await database_sync_to_async(residency.become)(Residency.State.ENDED)
    assert (await page.receive_output(timeout=10))["type"] == "websocket.close"


async def test_a_word_reaches_its_person_alone_and_twice_the_same_person_once(resident: User, head: User) -> None:
    mine, other = await listen(resident), await listen(head)
    for page in (mine, other):
        await page.receive_json_from(timeout=10)
    english = await listen(resident, language=b"en")
    await english.receive_json_from(timeout=10)
    say, rest = (lambda: (gettext("Laporan"), "RT 003")), {"body": "RT 003", "url": "/laporan/", "tag": "laporan"}
    await database_sync_to_async(tell)([resident.pk, resident.pk], say, url="/laporan/", tag="laporan")
    assert await mine.receive_json_from(timeout=10) == {"type": "word", "word": {"title": "Laporan", **rest}}
    assert await english.receive_json_from(timeout=10) == {"type": "word", "word": {"title": "Report", **rest}}
    await english.disconnect()
    assert await mine.receive_nothing(0.05)
    assert await other.receive_nothing(0.05)
    for page in (mine, other):
        await page.disconnect()

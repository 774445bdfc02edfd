"""The standing cast at the doors of a running portal: pages, API, socket and playlist say the same."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import redis
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from .portal import Portal, Visitor, eventually

HOME = {1: "publik", 2: "warga_rt", 3: "warga_rw", 4: "petugas", 5: "mati", 6: "kelurahan"}
WATCHES = {
    "": {1},
    "tetangga": {1, 3, 6},
    "warga": {1, 2, 3, 6},
    "penjaga": {1, 2},
    "ketua": {1, 2, 3, 4, 6},
    "ketuarw": {1, 2, 3, 4, 6},
    "lurah": {1, 2, 3, 4, 6},
    "petugas": {1, 2, 3, 4, 6},
}
KNOWS = {name: watches if name in {"", "tetangga"} else set(HOME) for name, watches in WATCHES.items()}


def camera(number: int) -> str:
    return f"contoh{number:04d}"


def snapshot(visitor: Visitor) -> set[str]:
    headers = {"Cookie": f"sessionid={visitor.cookie('sessionid')}"}
    with connect(_socket(visitor.base), additional_headers=headers, origin=Origin(visitor.base)) as socket:
        message = json.loads(socket.recv(10))
        assert message["type"] == "snapshot"
        return {one["id"] for one in message["cameras"]}


def test_only_those_who_may_know_hear_of_a_change(portal: Portal) -> None:
    neighbour = portal.visitor("tetangga")
    headers = {"Cookie": f"sessionid={neighbour.cookie('sessionid')}"}
    address, origin = _socket(portal.base), Origin(portal.base)
    with (
        connect(address, origin=origin, additional_headers=headers) as inside,
        connect(address, origin=origin) as outside,
    ):
        inside.recv(10)
        outside.recv(10)
        portal.break_("kamera-0008", "404")
        try:
            _hear(inside, camera(8), "offline")
        finally:
            portal.mend("kamera-0008")
        _hear(inside, camera(8), "online")
        assert not any(camera(8) in message for message in _all_that_came(outside))


def _all_that_came(socket: ClientConnection) -> list[str]:
    messages = []
    try:
        while True:
            messages.append(str(socket.recv(0.5)))
    except TimeoutError:
        return messages


def _hear(socket: ClientConnection, camera_id: str, status: str) -> None:
    """Waits for the word that this camera is in this *status*: a portal that has just started tells of others, too."""
    end = time.monotonic() + 15
    while (camera_id, status) not in _told(json.loads(socket.recv(15))):
        assert time.monotonic() < end


def _told(message: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["id"], one["status"]) for one in message.get("cameras", [])}


def _socket(base: str) -> str:
    return base.replace("http", "ws", 1) + "/ws/status/"


def around(cameras: list[dict[str, Any]]) -> str:
    """A part of the map with all that is near these cameras: west, south, east, north."""
    east, north = [one["longitude"] for one in cameras], [one["latitude"] for one in cameras]
    return f"{min(east) - 0.005},{min(north) - 0.005},{max(east) + 0.005},{max(north) + 0.005}"


@pytest.mark.parametrize("name", list(WATCHES))
def test_each_door_says_the_same(portal: Portal, name: str) -> None:
    visitor = portal.visitor(name)
    results = visitor.ask("/api/v1/cameras/?kelurahan=33.74.12.1009").json["results"]
    listed = {one["id"] for one in results}
    mapped = {one["id"] for one in visitor.ask(f"/api/v1/map/?zoom=17&bbox={around(results)}").json["cameras"]}
    heard = snapshot(visitor)
    for number in HOME:
        known, watches = number in KNOWS[name], number in WATCHES[name]
        assert (camera(number) in listed, camera(number) in mapped, camera(number) in heard) == (known,) * 3
        assert visitor.ask(f"/kamera/{camera(number)}/").status == (200 if known else 404)
        assert visitor.ask(f"/api/v1/cameras/{camera(number)}/").status == (200 if known else 404)
        assert visitor.watch(camera(number)).status == (200 if watches else 403 if known else 404)


def test_a_playlist_of_one_person_is_no_key_to_another_camera(portal: Portal) -> None:
    url = portal.visitor("warga").watch(camera(2)).json["playlist_url"]
    stranger = portal.visitor()
    for other in (3, 4):
        assert stranger.ask(url.replace(camera(2), camera(other))).status == 403
    epoch = url.split("/")[3]
    assert stranger.ask(url.replace(f"/{epoch}/", f"/{int(epoch) + 1}/")).status == 403
    assert stranger.ask(url[:-12] + "x/live.m3u8").status in {403, 404}


@pytest.mark.parametrize("name", ["", "warga", "petugas"])
def test_only_heads_and_officers_switch(portal: Portal, name: str) -> None:
    answer = portal.visitor(name).post(f"/api/v1/cameras/{camera(1)}/visibility/", {"visibility": "publik"})
    assert answer.status == (200 if name == "petugas" else 403)


def test_a_socket_from_another_site_is_refused(portal: Portal) -> None:
    with (
        pytest.raises(InvalidStatus) as caught,
        connect(_socket(portal.base), origin=Origin("https://elsewhere.example")),
    ):
        pass
    assert caught.value.response.status_code == 403


@pytest.mark.parametrize("name", ["", "warga", "ketua", "petugas", "admin"])
def test_no_answer_holds_anything_of_a_source(portal: Portal, name: str) -> None:
    visitor = portal.visitor(name)
    password = (portal.data / "secrets" / "simulator_password").read_text().strip()
    paths = [
        "/",
        "/wilayah/",
        "/rt-saya/",
        "/api/v1/cameras/",
        "/api/v1/map/?zoom=12",
        "/api/v1/search/?q=rt+3+rw+5",
        "/kamera/contoh0001/",
        "/api/v1/cameras/contoh0001/",
    ]
    paths += ["/admin/cameras/camera/", "/admin/cameras/camera/1/change/"] if name == "admin" else []
    for path in paths:
        text = visitor.ask(path).body.decode()
        for secret in (password, str(portal.simulator_port), "rtsp://127", "sealed_"):
            assert secret not in text, f"{path} tells {secret}"


def test_no_log_argv_or_redis_value_holds_a_password(portal: Portal) -> None:
    portal.visitor().watch(camera(7))
    eventually(lambda: bool(portal.pulling()), "a stream runs")
    password = (portal.data / "secrets" / "simulator_password").read_text().strip()
    for process in portal.processes():
        assert password not in " ".join(process.cmdline())
    for log in (portal.data / "logs").iterdir():
        text = log.read_text(errors="replace")
        assert password not in text, log.name
        assert "simulator" in log.name or f"127.0.0.1:{portal.simulator_port}" not in text, log.name
    with redis.Redis(unix_socket_path=str(portal.data / "redis.sock")) as client:
        for key in client.scan_iter():
            for value in _values(client, key):
                assert password.encode() not in value
                assert b"rtsp://" not in value


def _values(client: redis.Redis, key: bytes) -> list[Any]:
    """All that a key holds."""
    read: dict[bytes, Callable[[bytes], Any]] = {
        b"string": lambda key: [client.get(key)],
        b"hash": lambda key: [*client.hkeys(key), *client.hvals(key)],
        b"zset": lambda key: client.zrange(key, 0, -1),
        b"set": lambda key: list(client.smembers(key)),
        b"list": lambda key: client.lrange(key, 0, -1),
    }
    kind: Any = client.type(key)
    return list(read[kind](key)) if kind in read else []

"""A portal with cameras whose credentials are odd, doing everything it can, while everything it leaves anywhere is searched.

``play`` gives the ledger; the journey asks it for zero, the benchmark prints it. Everything logs at DEBUG, asyncio too.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from websockets.sync.client import connect
from websockets.typing import Origin

from simulator.harness import Simulator
from tests.journeys.portal import Answer, Portal, Visitor, eventually

from .cast import (
    AWAY,
    CONTROL,
    DEMO_PASSWORD,
    HOMES,
    HOST,
    OFFERED,
    PASSWORD,
    PATH,
    SECRETS,
    USER,
    Kind,
    bad_rows,
    kinds,
    rows,
)
from .crawling import STATIC, Crawler
from .crawling import Answer as Crawled
from .hostile import HostileCamera
from .ledger import Ledger
from .places import PAGES, PICTURES, SAID, SOCKET, Processes, RedisCommands, look_at_disk, look_into_redis
from .planting import plant
from .spellings import Search, Secret

ROLES = ("", "warga", "ketua", "petugas", "admin")


@dataclass
class Scene:
    """*ids*: public ids of the cameras by name; *reasons*: what the portal says of them at the end."""

    ledger: Ledger
    ids: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    states: dict[str, set[str]] = field(default_factory=dict)
    programs: set[str] = field(default_factory=set)
    asked: int = 0


def play(folder: Path, *, seconds: float = 14.0) -> Scene:
    """The whole of it, in *folder*; streams run for *seconds*."""
    scene = Scene(Ledger(Search(SECRETS), Search([Secret("control", CONTROL, pieces=False)])))
    place = f"rtsp://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@{HOST}/{PATH}"
    with Simulator("--host", "0.0.0.0", user=USER, password=PASSWORD) as simulator, HostileCamera(place) as hostile:
        portal = _portal(folder, simulator)
        with Processes(portal.data, scene.ledger) as processes:
            _run(scene, portal, simulator, hostile, seconds)
        scene.programs = {words.replace(b"\0", b" ").decode() for words in processes.seen}
        assert hostile.asked >= {"echo", "redirect", "describe"}
    return scene


def _run(scene: Scene, portal: Portal, simulator: Simulator, hostile: HostileCamera, seconds: float) -> None:
    try:
        with portal, RedisCommands(portal.data / "redis.sock", scene.ledger):
            _enter(scene, portal, simulator, kinds(hostile))
            _offer(scene, portal, simulator)
            _watch(scene, portal, simulator, kinds(hostile), seconds)
            plant(portal, scene.ledger)
            _ask_everything(scene, portal)
            _look(portal, scene.ledger)
    finally:
        scene.ledger.look(SAID, "the launcher", portal.said.read_bytes())
    look_at_disk(portal.data, scene.ledger, but=HOMES)


def _portal(folder: Path, simulator: Simulator) -> Portal:
    portal = Portal(folder / "data")
    portal.environ |= {"LOG_LEVEL": "DEBUG", "PYTHONASYNCIODEBUG": "1", "STALL_SECONDS": "2", "CAMERAS_AT_ONCE": "100"}
    portal.environ["HLS_ROOT"] = str(portal.data / "hls")  # not in memory elsewhere
    portal.environ["OFFER_EXCEPTIONS"] = f"{OFFERED}:{simulator.port}"
    # The demo's own accounts stay without one, although real cameras come in.
    portal.environ["SECOND_FACTOR_REQUIRED"] = "0"
    secrets = portal.data / "secrets"
    secrets.mkdir(parents=True, mode=0o700)
    (secrets / "simulator_password").write_text(DEMO_PASSWORD)
    return portal


# ---- cameras come in ---------------------------------------------------------------------------------------------------------


def _enter(scene: Scene, portal: Portal, simulator: Simulator, wanted: list[Kind]) -> None:
    for one in wanted:
        if one.fault and one.fault not in {"cut", "stall"}:
            simulator.fault(one.slug, one.fault)
    file = portal.data.parent / "kamera.csv"  # its owner's, not the portal's
    file.write_text(rows(wanted, simulator.port))
    _command(scene, portal, "import_cameras", str(file))
    _command(scene, portal, "import_cameras", str(file), "--dry-run")
    file.write_text(bad_rows(simulator.port))
    _command(scene, portal, "import_cameras", str(file), fails=True)
    file.unlink()
    _command(scene, portal, "dumpdata", "cameras", "admin", "sessions")
    _enter_by_hand(scene, portal, simulator)
    admin = portal.visitor("petugas")
    listed = admin.ask("/api/v1/cameras/?kelurahan=33.74.12.1009&rt=003").json["results"]
    scene.ids = {camera["name"]: camera["id"] for camera in listed}
    assert scene.ids.keys() >= {one.name for one in wanted}


def _command(scene: Scene, portal: Portal, *words: str, fails: bool = False) -> None:
    done = portal.manage(*words, check=False)
    assert bool(done.returncode) == fails, done.stderr
    scene.ledger.look(SAID, f"{words[0]}, its output", done.stdout.encode())
    scene.ledger.look(SAID, f"{words[0]}, its errors", done.stderr.encode())


def _enter_by_hand(scene: Scene, portal: Portal, simulator: Simulator) -> None:
    """In the administration: with mistakes first, then well."""
    admin = portal.visitor("admin")
    places = admin.ask("/admin/neighborhoods/kelurahan/?q=33.74.12.1009").body.decode()
    kelurahan = next(part for part in places.split("/admin/neighborhoods/kelurahan/")[1:] if "/change/" in part[:20])
    good = {
        "name": "Balai warga", "category": "lingkungan", "kelurahan": kelurahan.partition("/")[0], "latitude": "-7.05",
        "longitude": "110.39", "visibility": "publik",
        "source_address": f"rtsp://{HOST}:{simulator.port}/{PATH}-balai", "source_username": USER,
        "source_password": PASSWORD,
    }  # fmt: skip
    for prefix in ("visibility_changes", "status_changes"):
        good |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    wrong: list[dict[str, str]] = [
        {"name": ""},
        {"latitude": "utara"},
        {"source_address": f"http://{HOST}/{PASSWORD}"},
        {"source_address": f"rtsp://{USER}:{PASSWORD}@{HOST}:notaport/{PATH}"},
        {"source_username": ""},
        {"name": f"rtsp://{USER}:{PASSWORD}@{HOST}/{PATH}"},
        {"purpose": f"rtsp://{USER}:{PASSWORD}@{HOST}/{PATH}", "name": ""},
    ]
    for change in [*wrong, {}]:
        answer = _send(admin, "/admin/cameras/camera/add/", good | change)
        _page(scene, f"POST of a camera with {sorted(change)}", answer)
        found = admin.ask("/admin/cameras/camera/?q=Balai").body.count(b"Balai warga")
        assert bool(found) == (not change), f"{change.keys()} {answer.status}"


def _send(visitor: Visitor, path: str, fields: dict[str, str]) -> Answer:
    token = visitor.ask(path).body.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    data = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
    return visitor.ask(path, data, kind="application/x-www-form-urlencoded")


def _offer(scene: Scene, portal: Portal, simulator: Simulator) -> None:
    """As a citizen does: refused, mistaken, tried."""
    citizen = portal.visitor("warga")
    good = {
        "address": OFFERED, "port": str(simulator.port), "username": USER, "password": PASSWORD, "name": "Depan warung",
        "kind": "toko", "contact": "0812", "latitude": "-7.05", "longitude": "110.39", "wish": "petugas", "consent": "on",
    }  # fmt: skip
    wrong = [{"address": AWAY}, {"port": "9"}, {"kind": ""}, {"name": f"rtsp://{USER}:{PASSWORD}@{HOST}/{PATH}"}]
    for change in [*wrong, {}]:
        _page(scene, f"offer with {sorted(change)}", _send(citizen, "/tawarkan-kamera/", good | change))
    tried = lambda: any(not name.startswith(PATH) for name in simulator.sessions())  # noqa: E731
    eventually(tried, "the offered camera is tried", seconds=20)
    _page(scene, "the offers", citizen.ask("/tawarkan-kamera/"))


# ---- and are watched -----------------------------------------------------------------------------------------------------------


def _watch(scene: Scene, portal: Portal, simulator: Simulator, wanted: list[Kind], seconds: float) -> None:
    done = threading.Event()
    officer = portal.visitor("petugas")
    viewers = [threading.Thread(target=_view, args=(scene, officer, one, done)) for one in wanted]
    for viewer in viewers:
        viewer.start()
    try:
        for moment in range(4):
            time.sleep(seconds / 4)
            _look(portal, scene.ledger)
            for one in wanted:
                if moment == 1 and one.fault in {"cut", "stall"}:
                    simulator.fault(one.slug, one.fault)
    finally:
        done.set()
        for viewer in viewers:
            viewer.join(40)


def _view(scene: Scene, visitor: Visitor, one: Kind, done: threading.Event) -> None:
    address, playlist = f"/api/v1/cameras/{scene.ids[one.name]}/", ""
    states = scene.states.setdefault(one.name, set())
    while not done.is_set():
        answer = visitor.post(f"{address}watch/", {"playlist_url": playlist, "plays": []})
        _page(scene, f"{one.name}, a wish", answer)
        if answer.status == 200:
            playlist = answer.json["playlist_url"]
            states.add(answer.json["stream"]["state"])
        if "live" in states:
            _fetch_pictures(scene, visitor, playlist)
        _picture(scene, visitor.ask(f"{address}still/"))
        done.wait(1.0)


def _fetch_pictures(scene: Scene, visitor: Visitor, playlist: str) -> None:
    listed = visitor.ask(playlist)
    _picture(scene, listed)
    if listed.status != 200:
        return
    folder = playlist.rpartition("/")[0]
    lines = [line for line in listed.body.decode().splitlines() if line and not line.startswith("#")]
    _picture(scene, visitor.ask(f"{folder}/{lines[-1].rpartition('/')[0]}/init.mp4")) if lines else None
    for line in lines[-2:]:
        _picture(scene, visitor.ask(f"{folder}/{line}"))


def _picture(scene: Scene, answer: Answer) -> None:
    scene.ledger.look(PICTURES, "pictures", f"{answer.status}\n{answer.headers}".encode() + answer.body)


def _page(scene: Scene, where: str, answer: Answer) -> None:
    scene.ledger.look(PAGES, where, f"{answer.status}\n{answer.headers}".encode() + answer.body)


# ---- everything is asked, and looked at --------------------------------------------------------------------------------------


def _ask_everything(scene: Scene, portal: Portal) -> None:
    ours = [f"/kamera/{public_id}/" for public_id in scene.ids.values()]
    ours += [f"/api/v1/cameras/{public_id}/" for public_id in scene.ids.values()]
    for role in ROLES:
        visitor = portal.visitor(role)
        crawler = Crawler(
            lambda path, visitor=visitor: _crawled(visitor.ask(path)),  # type: ignore[misc]
            begin=["/", *ours],
            each_route=1,  # the tests of the answers walk further
            origin=portal.base,
            besides=(STATIC,) if role == "admin" else (STATIC, "/admin/"),
        )
        for path, answer in crawler.crawl():
            scene.asked += 1
            scene.ledger.look(PAGES, f"{path} as {role or 'stranger'}", answer.whole)
        for message in _heard(visitor):
            scene.ledger.look(SOCKET, f"as {role or 'stranger'}", message)
    officer = portal.visitor("petugas")
    for name, public_id in scene.ids.items():
        scene.reasons[name] = officer.ask(f"/api/v1/cameras/{public_id}/").json["reason"]


def _crawled(answer: Answer) -> Crawled:
    return Crawled(answer.status, answer.headers.get("Content-Type", ""), str(answer.headers), answer.body)


def _heard(visitor: Visitor) -> Iterator[bytes]:
    """What comes on the socket within a second."""
    headers = {"Cookie": f"sessionid={visitor.cookie('sessionid')}"}
    address = visitor.base.replace("http", "ws") + "/ws/status/"
    with (
        connect(address, additional_headers=headers, origin=Origin(visitor.base)) as socket,
        contextlib.suppress(TimeoutError),
    ):
        while True:
            message = socket.recv(1.0)
            yield message.encode() if isinstance(message, str) else message


def _look(portal: Portal, ledger: Ledger) -> None:
    look_into_redis(portal.data / "redis.sock", ledger)
    look_at_disk(portal.data, ledger, but=HOMES)

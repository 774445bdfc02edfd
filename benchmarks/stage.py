"""What every benchmark stands on: a portal of its own, a simulator, cameras imported from a file, viewers without a screen."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.harness import Simulator
from tests.journeys.portal import Portal, Visitor, eventually

_HEAD = "name,category,kelurahan_code,rw,rt,latitude,longitude,visibility,source_url,username,password\n"
# Without one the portal would make names of its own.
_LANDMARK = "Warung "
USER, PASSWORD = "tilik", "p@ss:w/rd%#"


class Stage:
    """*cameras*: the public id of each camera by its name."""

    def __init__(self, portal: Portal, simulator: Simulator) -> None:
        self.portal, self.simulator = portal, simulator
        self.cameras: dict[str, str] = {}
        self.visitor = portal.visitor()

    def add(
        self, names: list[str], place: tuple[str, str, str] = ("33.74.12.1009", "", ""), **options: str | float
    ) -> list[str]:
        """Imports public cameras whose addresses have these *options* of the simulator; their public ids. *place*: the kelurahan's
        code, and RW and RT if they belong to one.
        """
        code, rw, rt = place

        def address(name: str) -> str:
            return self.simulator.url(name, credentials=False, **options)

        rows = [
            f'"{_LANDMARK}{name}",lingkungan,{code},{rw},{rt},-7.05,110.39,publik,{address(name)},{USER},{PASSWORD}\n'
            for name in names
        ]
        file = self.portal.data / "bench.csv"
        file.write_text(_HEAD + "".join(rows))
        self.portal.manage("import_cameras", str(file))
        file.unlink()
        page: str | None = f"/api/v1/cameras/?kelurahan={code}"
        while page:
            answer = self.visitor.ask(page).json
            self.cameras |= {one["name"].removeprefix(_LANDMARK): one["id"] for one in answer["results"]}
            page = answer["next"] and answer["next"].removeprefix(self.portal.base)
        return [self.cameras[name] for name in names]


@contextmanager
def stage(**environ: str) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Simulator(user=USER, password=PASSWORD) as simulator:
        portal = Portal(Path(folder) / "data")
        # As an installation has them, not as the tests: wishes last and streams end as in real life.
        portal.environ |= {
            "DEMAND_SECONDS": "20",
            "STREAM_IDLE": "10",
            "PROBE_INTERVAL": "60",
            "CAMERAS_AT_ONCE": "1000",
            **environ,
        }
        with portal:
            yield Stage(portal, simulator)


@contextmanager
def kept_running(here: Stage, cameras: list[str], *, visitor: Visitor | None = None) -> Iterator[None]:
    """Renews wishes for these cameras, as open pages of *visitor* (a stranger) do, until the block ends."""
    who = visitor or Visitor(here.portal.base)
    done = threading.Event()
    tickets: dict[str, str] = {}

    def renew() -> None:
        while not done.is_set():
            for camera in cameras:
                answer = who.post(f"/api/v1/cameras/{camera}/watch/", {"playlist_url": tickets.get(camera, "")})
                if answer.status == 200:
                    tickets[camera] = answer.json["playlist_url"]
            done.wait(5)

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        eventually(lambda: len(tickets) == len(cameras), "all are wished for", seconds=60)
        for camera in cameras:
            eventually(lambda camera=camera: is_live(here, camera, who), f"{camera} is live", seconds=60)  # type: ignore[misc]
        yield
    finally:
        done.set()
        thread.join(30)


def is_live(here: Stage, camera: str, visitor: Visitor | None = None) -> bool:
    return bool((visitor or here.visitor).watch(camera).json.get("stream", {}).get("state") == "live")

"""Cameras that do not send H.264, watched in a browser that plays nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from simulator.harness import Simulator

from .frames import clock_age, frame, wait_for_moving_pictures, wait_until_live
from .portal import Portal, eventually

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def cameras(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Public ids by codec."""
    folder: Path = tmp_path_factory.mktemp("codecs")
    with Simulator() as simulator:
        rows = ["name,category,kelurahan_code,rw,rt,latitude,longitude,visibility,source_url,username,password"]
        for codec in ("h265", "mjpeg"):
            url = simulator.url(codec, codec=codec)
            rows.append(f"Simpang {codec},lingkungan,33.74.12.1009,005,003,-7.05,110.39,publik,{url},,")
        (folder / "cameras.csv").write_text("\n".join(rows) + "\n")
        done = portal.manage("import_cameras", str(folder / "cameras.csv"))
        assert "2 kamera baru" in done.stdout
        listed = portal.visitor().ask("/api/v1/cameras/?kelurahan=33.74.12.1009&rt=003").json["results"]
        ids = {one["name"].removeprefix("Simpang "): one["id"] for one in listed}
        yield ids
        mine = [ids["h265"], ids["mjpeg"]]
        portal.manage(
            "shell", "-c", f"from cameras.models import Camera; Camera.objects.filter(public_id__in={mine}).delete()"
        )


def test_motion_jpeg_plays_and_shows_now(
    portal: Portal, open_page: Callable[..., Page], cameras: dict[str, str]
) -> None:
    page = open_page(f"/kamera/{cameras['mjpeg']}/")
    wait_until_live(page)
    wait_for_moving_pictures(page)
    eventually(lambda: clock_age(frame(page)) < 4, "the clock in the picture is that of now")


def test_h265_plays_in_a_browser_that_does_not_know_it(open_page: Callable[..., Page], cameras: dict[str, str]) -> None:
    page = open_page(f"/kamera/{cameras['h265']}/")
    wait_until_live(page)
    wait_for_moving_pictures(page)


def test_a_copy_that_runs_for_another_becomes_one_that_this_browser_plays(
    portal: Portal, open_page: Callable[..., Page], cameras: dict[str, str]
) -> None:
    other, path = portal.visitor(), f"/api/v1/cameras/{cameras['h265']}/watch/"

    def live() -> bool:
        return bool(other.post(path, {"plays": ["h265"]}).json["stream"]["state"] == "live")

    eventually(lambda: not portal.pulling(), "nothing is left from before")
    eventually(live, "the copy runs")
    assert "hvc1" in " ".join(portal.pulling()[0].cmdline())
    page = open_page(f"/kamera/{cameras['h265']}/")
    wait_until_live(page)
    wait_for_moving_pictures(page)
    assert ["libx264" in " ".join(process.cmdline()) for process in portal.pulling()] == [True]

"""The README's steps for a camera of one's own, run as written, with a simulated camera in the place of the example's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.harness import Simulator

from .portal import PROJECT, Portal, eventually

ODD = "p@ss:w/rd%#"


def steps() -> str:
    readme = (PROJECT / "README.md").read_text()
    found = re.search(r"test_own_camera.py.*?```sh\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("password", ["sandi-kamera", ODD])
def test_the_readmes_steps_bring_a_camera_to_the_map_and_to_the_screen(
    portal: Portal, tmp_path: Path, password: str
) -> None:
    name = f"Kamera uji {len(password)}"
    with Simulator(user="admin", password=password) as camera:
        script = steps()
        for example, own in {
            "rtsp://192.168.1.10:554/stream1": camera.url("stream1"),
            "sandi-kamera": password,
            "Pos kamling, arah Jl. Kartini": name,
            "kamera-saya.csv": str(tmp_path / "kamera-saya.csv"),
            ".venv/bin/python": sys.executable,
        }.items():
            assert example in script
            script = script.replace(example, own)
        done = subprocess.run(
            ["sh", "-e"], input=script, cwd=PROJECT, env=portal.environ, text=True, capture_output=True
        )
        assert done.returncode == 0, done.stderr
        assert "1 kamera baru" in done.stdout
        visitor = portal.visitor()
        listed = visitor.ask("/api/v1/cameras/?kelurahan=33.74.12.1009&rt=003").json["results"]
        public_id = next(one["id"] for one in listed if one["name"] == name)
        address = f"/api/v1/cameras/{public_id}/"
        eventually(lambda: visitor.ask(address).json["status"] == "online", "it is online")
        playlist = visitor.watch(public_id).json["playlist_url"]
        eventually(lambda: visitor.ask(playlist).status == 200, "there are pictures")
        assert camera.count("stream1", "playing") == 1
    portal.manage(
        "shell", "-c", f"from cameras.models import Camera; Camera.objects.get(public_id='{public_id}').delete()"
    )
    eventually(lambda: visitor.ask(playlist).status in {403, 404}, "with the camera its pictures are gone")


def test_bad_rows_are_all_named_and_nothing_is_imported(portal: Portal, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(
        "name,category,kelurahan_code,rw,rt,latitude,longitude,visibility,source_url,username,password\n"
        "Baik,lingkungan,33.74.12.1009,005,003,-7.05,110.39,publik,rtsp://10.0.0.9/a,,\n"
        "Tertukar,lingkungan,33.74.12.1009,005,003,110.39,-7.05,publik,rtsp://10.0.0.9/b,,\n"
        "Luar,lingkungan,99.99.99.9999,005,003,-7.05,110.39,publik,http://10.0.0.9/c,,hunter2\n"
    )
    before = portal.visitor().ask("/api/v1/cameras/").json["count"]
    done = portal.manage("import_cameras", str(file), check=False)
    assert done.returncode != 0
    for word in ("3", "tertukar", "4", "99.99.99.9999", "rtsp://"):
        assert word in done.stderr + done.stdout
    assert "hunter2" not in done.stderr + done.stdout
    assert "10.0.0.9" not in done.stderr + done.stdout
    assert portal.visitor().ask("/api/v1/cameras/").json["count"] == before

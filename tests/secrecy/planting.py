"""The control: something like a secret, put where a search that finds nothing must be known to look."""

from __future__ import annotations

import os
import subprocess

import redis

from tests.journeys.portal import Portal

from .cast import CONTROL, HOMES
from .ledger import Ledger
from .places import FILES, HLS, LOGS, PICTURES, SAID, SOCKET, look_at_disk


def plant(portal: Portal, ledger: Ledger) -> None:
    """Puts the control into every kind of place, so that a search that finds nothing is known to look."""
    process = subprocess.Popen(["sh", "-c", "sleep 1; :", CONTROL], env={**portal.environ, "KENARI": CONTROL})
    rename = f"from cameras.models import Camera; Camera.objects.filter(name='Gapura utara').update(name={CONTROL!r})"
    ledger.look(SAID, "a command", portal.manage("shell", "-c", f"{rename}; print({CONTROL!r})").stdout.encode())
    with redis.Redis(unix_socket_path=str(portal.data / "redis.sock")) as client:
        client.hset("kenari", "value", CONTROL)
        client.publish("kenari", CONTROL)
    for place, name in ((LOGS, "logs"), (HLS, "hls"), (FILES, "run")):
        (portal.data / name / "kenari.txt").write_text(f"{place}: {CONTROL}")
    ledger.look(PICTURES, "control", os.urandom(2000) + CONTROL.encode() + os.urandom(2000))
    ledger.look(SOCKET, "control", f'{{"name": "{CONTROL}"}}'.encode())
    look_at_disk(portal.data, ledger, but=HOMES)
    process.wait(10)

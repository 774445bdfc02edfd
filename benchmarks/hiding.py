"""From the head's click to the last byte: 200 watchers of one camera, and what each was still given after it was hidden."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.journeys.portal import Visitor, eventually

from .stage import Stage, is_live, stage
from .table import show

CAMERA = "contoh0001"  # of the demo city, with a head of its own
WATCHERS = 200
# Seconds between two questions of a watcher for the playlist and its newest segment, as players ask.
EVERY = 0.5
AFTERWARDS = 6.0
BAR = 2.0


@dataclass
class Served:
    """When each answer with pictures, or the way to them, had arrived in full (``time.monotonic``)."""

    good: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)


def main() -> None:
    with stage() as here:
        head = here.portal.visitor("ketua")
        switched = head.post(_switch(), {"visibility": "publik"})
        if switched.status != 200:
            raise SystemExit(f"the camera could not be opened: {switched.status}")
        playlists = _tickets(here)
        eventually(lambda: is_live(here, CAMERA), "it is live", seconds=30)
        served, clicked, answered = asyncio.run(_watched_and_hidden(here, head, playlists))
    after = [at - clicked for at in served.good if at > clicked]
    show(
        ["what", "measured", "bar", "of the bar"],
        [
            ["watchers who asked twice a second", len(playlists), "200", ""],
            ["answers with pictures before the click", sum(at <= clicked for at in served.good), "", ""],
            ["answers with pictures after it", len(after), "", ""],
            ["refusals after it", len(served.refused), "", ""],
            ["the head has the answer after, s", answered - clicked, "", ""],
            ["last byte of pictures after the click, s", max(after, default=0.0), BAR, max(after, default=0.0) / BAR],
        ],
    )


def _switch() -> str:
    return f"/api/v1/cameras/{CAMERA}/visibility/"


def _tickets(here: Stage) -> list[str]:
    """A playlist address for each watcher, of their own."""

    def ask(number: int) -> str:
        answer = Visitor(here.portal.base).watch(CAMERA)
        if answer.status != 200:
            raise SystemExit(f"watcher {number}: {answer.status}")
        return str(answer.json["playlist_url"])

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(ask, range(WATCHERS)))


async def _watched_and_hidden(here: Stage, head: Visitor, playlists: list[str]) -> tuple[Served, float, float]:
    served = Served()
    watching = [asyncio.create_task(_watch(here, playlist, served)) for playlist in playlists]
    await asyncio.sleep(10)
    clicked = time.monotonic()
    answer = await asyncio.to_thread(head.post, _switch(), {"visibility": "petugas"})
    answered = time.monotonic()
    if answer.status != 200:
        raise SystemExit(f"the switch was refused: {answer.status}")
    await asyncio.sleep(AFTERWARDS)
    for one in watching:
        one.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return served, clicked, answered


async def _watch(here: Stage, playlist: str, served: Served) -> None:
    """Asks as a player does, over one connection, and goes on asking when it is refused."""
    base = playlist.rsplit("/", 1)[0]
    reader, writer = await asyncio.open_connection("127.0.0.1", here.portal.port)
    newest = ""
    try:
        while True:
            began = time.monotonic()
            status, body = await _get(reader, writer, here, playlist)
            _note(status, served)
            segments = [line for line in body.decode().splitlines() if line.endswith(".m4s")] if status == 200 else []
            newest = segments[-1] if segments else newest
            if newest:
                status, _ = await _get(reader, writer, here, f"{base}/{newest}")
                _note(status, served)
            await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))
    finally:
        writer.close()


def _note(status: int, served: Served) -> None:
    (served.good if status == 200 else served.refused).append(time.monotonic())


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, here: Stage, path: str) -> tuple[int, bytes]:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{here.portal.port}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    length = next(int(line[15:]) for line in lines if line.lower().startswith("content-length:"))
    return int(lines[0].split()[1]), await reader.readexactly(length)

"""Hands out playlists and segments to holders of a ticket.

In production nginx does this; here it is an ASGI consumer beside Django, so that a held request keeps no thread and a segment passes
no middleware. Early viewers wait on a *held* playlist: players give up on an error, but wait for an answer.
"""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

from channels.db import database_sync_to_async
from channels.generic.http import AsyncHttpConsumer
from django.conf import settings
from django.db import DatabaseError
from redis.exceptions import RedisError

from cameras import problems
from cameras.models import Camera

from . import folders, states, tickets
from .states import StreamState

HOLD_SECONDS = 12.0
LOOK_EVERY = 0.05
# A playlist is written anew twice a second.
STALE_SECONDS = 3.0
ASK_EVERY = 1.0

_TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".mp4": "video/mp4", ".m4s": "video/iso.segment"}


class _Answering(AsyncHttpConsumer):
    """Says things, and hands out bytes."""

    async def _say(self, status: int, code: str, detail: str, *, retry_after: int | None = None) -> None:
        data = json.dumps(problems.body(status, code, detail)).encode()
        await self._answer(status, data, problems.PROBLEM_TYPE, "no-store", retry_after=retry_after)

    async def _answer(
        self, status: int, data: bytes, kind: str, caching: str, *, retry_after: int | None = None
    ) -> None:
        headers = [
            (b"Content-Type", kind.encode()),
            (b"Content-Length", str(len(data)).encode()),
            (b"Cache-Control", caching.encode()),
            (b"X-Content-Type-Options", b"nosniff"),
        ]
        if retry_after is not None:
            headers.append((b"Retry-After", str(retry_after).encode()))
        await self.send_response(status, b"" if self.scope["method"] == "HEAD" else data, headers=headers)


class Nothing(_Answering):
    """There is nothing at this address, whatever it is."""

    async def handle(self, body: bytes) -> None:
        await self._say(404, "not_found", "Alamat ini tidak ada.")


class Playback(_Answering):
    """``GET /hls/<camera>/<epoch>/<token>/live.m3u8`` and ``…/<token>/<run>/<file>``.

    200, 403 (ticket), 404 (gone, or who may look has changed) or 503 (no picture yet; Retry-After); errors as ``cameras.problems``.
    """

    async def handle(self, body: bytes) -> None:
        if self.scope["method"] not in {"GET", "HEAD"}:
            return await self._say(405, "method", "Hanya GET.")
        at = self.scope["url_route"]["kwargs"]
        at = {**at, "epoch": int(at["epoch"])}
        if tickets.verify(at["camera"], at["epoch"], at["token"], now=time.time()) is None:
            return await self._say(
                403, "ticket", "Alamat tayangan ini sudah tidak berlaku. Buka lagi halaman kameranya."
            )
        folder = folders.epoch_folder(settings.HLS_ROOT, at["camera"], at["epoch"])
        if "run" in at:
            return await self._file(folder / at["run"] / at["file"], "private, max-age=60")
        return await self._held_playlist(folder / folders.PLAYLIST, at["camera"], at["epoch"])

    async def _held_playlist(self, playlist: Path, camera: str, epoch: int) -> None:
        """Waits for the playlist to be there and alive; who may not look any more, or whose camera failed, hears it at once."""
        end = time.monotonic() + HOLD_SECONDS
        ask_at = 0.0
        while not _fresh(playlist):
            now = time.monotonic()
            if now >= end:
                return await self._say(503, "waiting", "Gambar belum datang. Coba lagi sebentar lagi.", retry_after=1)
            if now >= ask_at:
                ask_at = now + ASK_EVERY
                code = await database_sync_to_async(_trouble, thread_sensitive=False)(camera, epoch)
                if code == "gone":
                    return await self._say(404, "gone", "Kamera ini tidak lagi dibuka untuk Anda.")
                if code == "busy":
                    return await self._say(503, "busy", "Sedang penuh. Coba lagi sebentar lagi.", retry_after=10)
                if code == "failed":
                    return await self._say(503, "failed", "Kamera ini sedang tidak bisa ditonton.", retry_after=10)
            await asyncio.sleep(LOOK_EVERY)
        return await self._file(playlist, "no-store")

    async def _file(self, file: Path, caching: str) -> None:
        try:
            # A file of some 50 kB out of the page cache: less than a hop to a thread and back would take.
            data = file.read_bytes()
        except OSError:
            return await self._say(404, "gone", "Potongan gambar ini sudah tidak ada.")
        return await self._answer(200, data, _TYPES[file.suffix], caching)


def _fresh(playlist: Path) -> bool:
    """Whether a stream writes it now. An old one would make a player show the past as the present."""
    try:
        return time.time() - playlist.stat().st_mtime < STALE_SECONDS
    except OSError:
        return False


def _trouble(camera: str, epoch: int) -> str:
    """ "gone", "failed" or "busy" where waiting is in vain, else "". A database or a Redis that is away means no word, not trouble."""
    try:
        row = Camera.objects.filter(public_id=camera).values_list("pk", "access_epoch").first()
    except DatabaseError:
        return ""
    if row is None or row[1] != epoch:
        return "gone"
    try:
        record = states.read(row[0])
    except (RedisError, OSError):
        return ""
    if record is None:
        return ""
    return {StreamState.FAILED: "failed", StreamState.BUSY: "busy"}.get(record.state, "")

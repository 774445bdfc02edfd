"""Where something may be left lying: processes, Redis, the disk. Each is read raw, as somebody who got hold of it would."""

from __future__ import annotations

import base64
import json
import os
import socket
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import redis

from .ledger import Ledger

ARGV, ENVIRON = "command lines of processes", "environments of processes"
COMMANDS, VALUES = "Redis: every command and message", "Redis: keys and values"
PAGES, PICTURES = "pages and answers, with headers", "playlists, segments and stills as sent"
SAID, SOCKET = "what the launcher and commands say", "status socket"
LOGS, HLS, DATABASE, FILES = "log files", "segments and playlists on disk", "database, with its log", "other files"


class _InThread:
    """Does ``_step`` again and again from ``with`` to its end."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._trouble: Exception | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join(20)
        if self._trouble is not None and error is None:
            raise self._trouble

    def _run(self) -> None:
        try:
            while not self._done.is_set():
                self._step()
        except Exception as trouble:
            self._trouble = trouble

    def _step(self) -> None:
        raise NotImplementedError


class Processes(_InThread):
    """Reads argv and environ of every process that has *data* in one of them, many times a second: some live for a blink."""

    EVERY = 0.02

    def __init__(self, data: Path, ledger: Ledger) -> None:
        super().__init__()
        self._data, self._mark = bytes(data), b"DATA_DIR=" + bytes(data)
        self._ledger = ledger
        self._others: set[tuple[str, bytes]] = set()
        self.seen: set[bytes] = set()

    def _step(self) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes()
                if (folder.name, words) in self._others:
                    continue
                environ = (folder / "environ").read_bytes()
            except OSError:
                continue  # it ended, or is not ours to read
            # A process that is just being born has its parent's environment, or none yet: looked at again.
            if self._mark in environ or self._data in words:  # Redis writes its title over its environment
                self.seen.add(words)
                self._ledger.look(ARGV, folder.name, words)
                self._ledger.look(ENVIRON, words.replace(b"\0", b" ").decode("utf-8", "replace")[:80], environ)
            elif environ:
                self._others.add((folder.name, words))
        self._done.wait(self.EVERY)


class RedisCommands(_InThread):
    """Listens to all that Redis is told (MONITOR): also to what is gone a moment later, and to what is published."""

    LOOK_AT = 4 << 20

    def __init__(self, path: Path, ledger: Ledger) -> None:
        super().__init__()
        self._ledger, self._heard = ledger, bytearray()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._socket.settimeout(0.2)
        self._socket.sendall(b"MONITOR\r\n")

    def _step(self) -> None:
        try:
            piece = self._socket.recv(1 << 20)
        except TimeoutError:
            return
        self._heard += piece
        if len(self._heard) >= self.LOOK_AT:
            self._look()

    def _look(self) -> None:
        self._ledger.look(COMMANDS, "MONITOR", bytes(self._heard))
        del self._heard[:-4096]  # a secret may lie across two looks

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self._look()
        self._socket.close()


def look_into_redis(path: Path, ledger: Ledger) -> None:
    """Every key of every database with its whole value, and what Redis tells of itself."""
    with redis.Redis(unix_socket_path=str(path)) as client:
        count = int(client.config_get("databases")["databases"])
        about = [client.client_list(), client.slowlog_get(1000), client.info("everything"), client.config_get("*")]
    ledger.look(VALUES, "about itself", repr(about).encode())
    for number in range(count):
        with redis.Redis(unix_socket_path=str(path), db=number) as client:
            for where, piece in contents(client):
                ledger.look(VALUES, where, piece)


def contents(client: Any) -> Iterator[tuple[str, bytes]]:
    """``(key, piece)`` for every key of a database, its own name first, and every piece of its value.

    *client* decodes nothing.
    """
    for key in client.scan_iter(count=1000):
        name = key.decode("utf-8", "replace")
        yield name, key
        for piece in _value(client, key):
            yield name, piece


def _value(client: Any, key: bytes) -> Iterator[bytes]:
    """Raises nothing for a key that expires meanwhile."""
    match client.type(key):
        case b"string":
            yield client.get(key) or b""
        case b"hash":
            for name, value in client.hgetall(key).items():
                yield name
                yield value
        case b"list":
            yield from client.lrange(key, 0, -1)
        case b"set":
            yield from client.smembers(key)
        case b"zset":
            yield from client.zrange(key, 0, -1)
        case b"stream":
            yield repr(client.xrange(key)).encode()
        case b"none":
            pass
        case other:
            raise AssertionError(f"cannot read a value of type {other!r}")


def look_at_disk(data: Path, ledger: Ledger, *, but: frozenset[str] = frozenset()) -> None:
    """Every file below *data*, raw, and every value of the database as it is read (a long one is not in one piece in its file).

    *but*: paths of files that are the home of a secret.
    """
    # Not rglob: it stumbles over a folder that goes meanwhile.
    files = [Path(folder) / name for folder, _, names in os.walk(data) for name in names]
    for file in files:
        try:
            if file.is_file() and not file.is_symlink() and str(file.relative_to(data)) not in but:
                ledger.look(_place(file.relative_to(data)), str(file.relative_to(data)), file.read_bytes())
        except OSError:
            continue  # a segment that is gone
    ledger.look(FILES, "names", "\n".join(str(file) for file in files).encode())
    for file in data.glob("*.sqlite3"):
        for where, value in _rows(file):
            ledger.look(DATABASE, where, value)


def _place(file: Path) -> str:
    if file.parts[0] == "logs":
        return LOGS
    if file.parts[0] == "hls":
        return HLS
    return DATABASE if file.name.partition(".")[2].startswith("sqlite3") else FILES


def _rows(file: Path) -> Iterator[tuple[str, bytes]]:
    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                yield table, "\n".join(str(value) for value in row).encode()
                if table == "django_session":
                    yield "a session", _session(row[1])
    finally:
        database.close()


def _session(text: str) -> bytes:
    """What a session's row says, out of its packing; its signature is of no interest here."""
    packed = text.split(":")[0]
    letters = packed.removeprefix(".")
    content = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    return json.dumps(json.loads(zlib.decompress(content) if packed.startswith(".") else content)).encode()

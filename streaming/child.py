"""A running ffmpeg: its output to read with patience, its last words to keep, and its end to be sure of."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Iterable
from functools import cache

from .last_words import LastWords

# TILIK_MARK is the sign by which the launcher finds what it started.
_HARMLESS = ("PATH", "LANG", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DATA_DIR", "TILIK_MARK")
# Bytes a read; more would be a piece of memory that is asked of the kernel, and given back, at every read.
CHUNK = 64 * 1024
# Bytes that wait for us at most, where the kernel gives so many: what a camera of 100 Mbit/s sends between two readings.
_PIPE = 256 * 1024


class Child:
    """One ffmpeg in a process group of its own.

    It dies with the *thread* that started it (parent-death signal), so start it from a thread that lives as long as the stream.
    """

    def __init__(self, argv: list[str], script: bytes, *, private: Iterable[str] = ()) -> None:
        """*private*: words that must not stand in what is kept of its own words, besides all that looks like an address.

        Raises: OSError, the program cannot be started.
        """
        self._words = LastWords(private)
        self._process = subprocess.Popen(
            [*dying_with_parent(), *argv],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=bare_environment(),
        )
        if self._process.stdin is None or self._process.stdout is None or self._process.stderr is None:
            raise RuntimeError("asked for pipes, got none")
        self._out, self._err = self._process.stdout.fileno(), self._process.stderr.fileno()
        with contextlib.suppress(OSError):  # a person may hold so many such pipes only; a smaller one works too
            fcntl.fcntl(self._out, fcntl.F_SETPIPE_SZ, _PIPE)
        # Not a selector: this is asked several times a second for each stream, and a selector does much more than is needed.
        self._poll = select.poll()
        # Its words first: one that ends has said why, and nobody asks again after the end of its output.
        for fd in (self._err, self._out):
            os.set_blocking(fd, False)
            self._poll.register(fd, select.POLLIN)
        try:
            self._process.stdin.write(script)  # a few hundred bytes: fits the pipe, cannot block
            self._process.stdin.close()
        except BrokenPipeError:
            pass  # it died at once; read() tells
        self._process.stdin = None  # communicate() would flush it, though it is closed

    @property
    def pid(self) -> int:
        return self._process.pid

    def fileno(self) -> int:
        """Of its output, to wait for."""
        return self._out

    def read(self, timeout: float) -> bytes | None:
        """What it wrote, b"" if nothing came within *timeout* seconds, None when it has ended and all is read.

        With no *timeout* it looks at the output alone, not at its words (``listen``).
        """
        if not timeout:
            try:
                return os.read(self._out, CHUNK) or None
            except BlockingIOError:
                return b""
        data = b""
        for fd, _ in self._poll.poll(timeout * 1000):
            if fd == self._err:
                self._read_words()
            else:
                data = os.read(self._out, CHUNK)
                if not data:
                    return None
        return data

    def listen(self) -> None:
        """Takes its words in, without waiting; they would fill their pipe in the end, and hold it up.

        What the pipe holds, and no more: one that never stops talking must not keep all others from being read.
        """
        try:
            if data := os.read(self._err, CHUNK):
                self._words.hear(data)
        except BlockingIOError:
            pass

    def last_words(self) -> list[str]:
        """What it said last on standard error, with everything that looks like an address masked."""
        return self._words.lines()

    def stop(self, *, patience: float = 1.0) -> None:
        """Ends it: asked first, so that it says goodbye to the camera (TEARDOWN), killed after *patience* seconds."""
        self._signal(signal.SIGTERM)
        try:
            # A child that is blocked on a full pipe would not hear the question.
            self._process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.communicate()

    def _signal(self, number: signal.Signals) -> None:
        if self._process.poll() is None:
            try:
                os.killpg(self._process.pid, number)
            except ProcessLookupError:
                pass

    def _read_words(self) -> None:
        data = os.read(self._err, CHUNK)
        if not data:
            self._poll.unregister(self._err)
        self._words.hear(data)


def bare_environment() -> dict[str, str]:
    """What ffmpeg may know of our environment: it reads what cameras send, so it is trusted least, and the keys may stand there."""
    return {name: os.environ[name] for name in _HARMLESS if name in os.environ}


@cache
def dying_with_parent() -> tuple[str, ...]:
    """The words before a command that let the kernel kill it when its parent dies, however the parent dies.

    ``setpriv`` and not a preexec function: that would force a slow fork of the whole worker, and is not safe beside threads.
    Where there is no setpriv (not Linux), the reaper finds orphans by their record instead.
    """
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "KILL", "--") if setpriv else ()

"""A running ffmpeg: its output to read with patience, its last words to keep, and its end to be sure of."""

from __future__ import annotations

import os
import selectors
import shutil
import signal
import subprocess
from collections import deque
from collections.abc import Iterable
from functools import cache

from cameras.addresses import mask

KEPT_WORDS = 20
# TILIK_MARK is the sign by which the launcher finds what it started.
_HARMLESS = ("PATH", "LANG", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DATA_DIR", "TILIK_MARK")
_CHUNK = 256 * 1024


class Child:
    """One ffmpeg in a process group of its own.

    It dies with the *thread* that started it (parent-death signal), so start it from a thread that lives as long as the stream.
    """

    def __init__(self, argv: list[str], script: bytes, *, private: Iterable[str] = ()) -> None:
        """*private*: words that must not stand in what is kept of its own words, besides all that looks like an address.

        Raises: OSError, the program cannot be started.
        """
        self._private = [word for word in private if len(word) > 1]
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
        self._selector = selectors.DefaultSelector()
        self._last_words: deque[str] = deque(maxlen=KEPT_WORDS)
        self._broken_line = b""
        for fd in (self._out, self._err):
            os.set_blocking(fd, False)
            self._selector.register(fd, selectors.EVENT_READ)
        try:
            self._process.stdin.write(script)  # a few hundred bytes: fits the pipe, cannot block
            self._process.stdin.close()
        except BrokenPipeError:
            pass  # it died at once; read() tells
        self._process.stdin = None  # communicate() would flush it, though it is closed

    @property
    def pid(self) -> int:
        return self._process.pid

    def read(self, timeout: float) -> bytes | None:
        """What it wrote, b"" if nothing came within *timeout* seconds, None when it has ended and all is read."""
        data = b""
        for key, _ in self._selector.select(timeout):
            if key.fd == self._err:
                self._read_words()
            else:
                data = os.read(self._out, _CHUNK)
                if not data:
                    return None
        return data

    def last_words(self) -> list[str]:
        """What it said last on standard error, with everything that looks like an address masked."""
        return list(self._last_words)

    def stop(self, *, patience: float = 1.0) -> None:
        """Ends it: asked first, so that it says goodbye to the camera (TEARDOWN), killed after *patience* seconds."""
        self._signal(signal.SIGTERM)
        try:
            # A child that is blocked on a full pipe would not hear the question.
            self._selector.close()
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
        data = os.read(self._err, _CHUNK)
        if not data:
            self._selector.unregister(self._err)
        *lines, self._broken_line = (self._broken_line + data).split(b"\n")
        self._broken_line = self._broken_line[-1024:]
        self._last_words.extend(
            self._masked(line.decode("utf-8", "replace").strip())[:300] for line in lines if line.strip()
        )

    def _masked(self, line: str) -> str:
        for word in self._private:
            line = line.replace(word, "…")
        return mask(line)


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

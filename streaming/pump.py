"""One thread reads what every ffmpeg of this process writes, and feeds it to the packager of its stream.

It is one and not one for each stream: a hundred threads that wake several times a second spend more on waking, and on waiting for
Python's lock, than on the work. A supervisor looks at what became of its child's output (``Flow``) every two seconds, and at once
when there is news.
"""

from __future__ import annotations

import contextlib
import logging
import select
import threading
import time
from collections.abc import Callable
from typing import Protocol

from .child import CHUNK

log = logging.getLogger(__name__)

# Seconds between two times that all are listened to: words on standard error alone wake nobody, and must not fill their pipe.
LISTEN_EVERY = 2.0
# Seconds after a reading in which nothing is read: what comes meanwhile is read with one waking. Where a reading was full there is
# no rest: more is waiting, and large keyframes would be late.
REST = 0.1
# The same while somebody waits for a stream's first picture.
SHORT_REST = 0.02


class Pours(Protocol):
    """A child's output. ``read`` gives what is there, b"" for nothing, None at its end; ``listen`` takes its words in."""

    def fileno(self) -> int: ...
    def read(self, timeout: float) -> bytes | None: ...
    def listen(self) -> None: ...


class Flow:
    """What became of one child's output, in times of *clock* (seconds).

    *segments*: how many were finished, the last one at *segment_at*; *bytes_at*: when something came last; *over*: the child has
    ended and all is read; *trouble*: what feeding raised, after which nothing is read any more; *full*: the last reading was, so that
    more waits.
    """

    def __init__(self, child: Pours, feed: Callable[[bytes], int], clock: Callable[[], float]) -> None:
        """*feed* says how many segments were finished by the bytes it is given."""
        self._child, self._feed, self._clock = child, feed, clock
        self._news, self._turn = threading.Event(), threading.Lock()
        self._closed = self.over = self.full = False
        self.segments = 0
        self.bytes_at = self.segment_at = clock()
        self.trouble: Exception | None = None

    def wait(self, seconds: float) -> None:
        """Until there is news (the first segment, trouble, the end), or *seconds* have passed."""
        self._news.wait(seconds)
        self._news.clear()

    def nudge(self) -> None:
        """Ends a wait."""
        self._news.set()

    def pour(self) -> bool:
        """Feeds what is there; False when nothing more will come."""
        with self._turn:
            if self._closed:
                return False
            try:
                data = self._child.read(0)
                self.full = data is not None and len(data) >= CHUNK
                if data:
                    self._take(data)
            except Exception as error:  # whatever it is, it is this stream's, whose supervisor raises it again
                self.trouble = error
                data = None
            if data is None:
                self._listen()
                self._closed, self.over = True, self.trouble is None
                self._news.set()
            return data is not None

    def listen(self) -> None:
        with self._turn:
            if not self._closed:
                self._listen()

    def _listen(self) -> None:
        with contextlib.suppress(Exception):  # no words are worth the end of this thread
            self._child.listen()

    def _take(self, data: bytes) -> None:
        self.bytes_at = self._clock()
        if finished := self._feed(data):
            first, self.segment_at = not self.segments, self.bytes_at
            self.segments += finished
            if first:
                self._news.set()  # last: whoever it wakes looks at once

    def close(self) -> None:
        """After this nothing is fed any more, also not by a thread that is at it now."""
        with self._turn:
            self._closed = True


class Pump:
    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep
        self._epoll = select.epoll()
        self._flows: dict[int, Flow] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, child: Pours, feed: Callable[[bytes], int], clock: Callable[[], float] = time.monotonic) -> Flow:
        flow = Flow(child, feed, clock)
        with self._lock:
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="pump", daemon=True)
                thread.start()
                self._thread = thread
            self._epoll.register(child.fileno(), select.EPOLLIN)  # may fail: then nobody may know the flow
            self._flows[child.fileno()] = flow
        return flow

    def end(self, flow: Flow) -> None:
        """To be called before the child's pipes are closed: their numbers are given to others at once."""
        self._forget(flow)
        flow.close()

    def nudge(self) -> None:
        """Ends the waits of all supervisors."""
        with self._lock:
            flows = list(self._flows.values())
        for flow in flows:
            flow.nudge()

    def _work(self) -> None:
        listened_at = time.monotonic()
        while True:
            full = False
            for number, _ in self._epoll.poll(LISTEN_EVERY):
                flow = self._flows.get(number)
                if flow is None:
                    continue
                if not flow.pour():
                    self._forget(flow)
                full = full or flow.full
            if not full:
                self._sleep(self._rest())
            if time.monotonic() - listened_at >= LISTEN_EVERY:
                listened_at = time.monotonic()
                with self._lock:
                    flows = list(self._flows.values())
                for flow in flows:
                    flow.listen()

    def _rest(self) -> float:
        with self._lock:
            return REST if all(flow.segments for flow in self._flows.values()) else SHORT_REST

    def _forget(self, flow: Flow) -> None:
        with self._lock:
            for number in [number for number, known in self._flows.items() if known is flow]:
                del self._flows[number]
                with contextlib.suppress(OSError):  # closed already, against the rule: no reason for this thread to end
                    self._epoll.unregister(number)


the_pump = Pump()

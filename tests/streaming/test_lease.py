"""The lease against a real Redis, with the clock handed in."""

from __future__ import annotations

import pytest
import redis

from streaming.lease import RENEW_EVERY, Lease, held
from streaming.present import present


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_one_holder_at_a_time_and_free_after_it() -> None:
    clock = Clock()
    one, two = Lease(7, clock=clock), Lease(7, clock=clock)
    assert one.take()
    assert not two.take()
    assert held(7)
    one.release()
    assert not held(7)
    assert two.take()


def test_a_renewal_lengthens_it() -> None:
    clock = Clock()
    lease = Lease(7, clock=clock)
    lease.take()
    present().pexpire("lease:7", 500)
    clock.now += RENEW_EVERY + 0.1
    assert lease.keep()
    assert int(present().pttl("lease:7")) > 1000


def test_who_lost_it_to_another_hears_so() -> None:
    clock = Clock()
    one, two = Lease(7, clock=clock), Lease(7, clock=clock)
    one.take()
    present().delete("lease:7")
    assert two.take()
    clock.now += RENEW_EVERY + 0.1
    assert not one.keep()
    one.release()
    assert held(7), "the loser's release leaves the winner's lease alone"


def test_after_redis_came_back_empty_the_holder_takes_it_again() -> None:
    clock = Clock()
    lease = Lease(7, clock=clock)
    lease.take()
    present().flushall()
    clock.now += RENEW_EVERY + 0.1
    assert lease.keep()
    assert held(7)


def test_a_redis_that_is_away_takes_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    lease = Lease(7, clock=clock)
    lease.take()

    def away() -> None:
        raise redis.ConnectionError("away")

    monkeypatch.setattr(lease._lock, "reacquire", away)
    clock.now += RENEW_EVERY + 0.1
    assert lease.keep()

"""Many streams kept together, against a real Redis."""

from __future__ import annotations

import pytest
import redis

from cameras.reasons import Reason
from streaming import demand, lease, running, states
from streaming.demand import Wishes
from streaming.keeping import Keeper, Kept
from streaming.lease import Lease
from streaming.present import present
from streaming.states import Record, StreamState

LIVE = Record(StreamState.LIVE, Reason.NONE, 1.0, "house", "copy")


class Rounds(Keeper):
    """Without its thread: the test makes the rounds."""

    def _work(self) -> None:
        return


def kept(keeper: Keeper, camera_id: int = 7) -> Kept:
    the_lease = Lease(camera_id, clock=lambda: 0.0)
    assert the_lease.take()
    one = Kept(camera_id, the_lease.token, LIVE, Wishes(True, None))
    keeper.begin(one)
    return one


def test_a_round_renews_lease_and_record_and_brings_what_is_wished() -> None:
    keeper = Rounds()
    one, other = kept(keeper), kept(keeper, 8)
    present().pexpire("lease:7", 500)
    demand.want(7, "a", plays=frozenset({"h265"}), small=True)
    demand.announce_epoch(7, 3)
    keeper.round()
    assert int(present().pttl("lease:7")) > 1000
    assert states.read(7) == LIVE
    assert one.look() == demand.wishes(7) == Wishes(True, 3, frozenset({"h265"}), small=True)
    assert other.look() == demand.wishes(8)
    assert not demand.wishes(8).wanted


def test_who_lost_the_lease_hears_so_and_writes_nothing_more() -> None:
    keeper = Rounds()
    one = kept(keeper)
    present().delete("lease:7")
    assert Lease(7, clock=lambda: 0.0).take()
    keeper.round()
    assert one.look() is None
    assert states.read(7) is None


def test_after_redis_came_back_empty_the_lease_is_taken_again() -> None:
    keeper = Rounds()
    kept(keeper)
    present().flushall()
    present().script_flush()
    keeper.round()
    assert lease.held(7)
    assert states.read(7) == LIVE


def test_a_redis_that_is_away_is_said_to_be_and_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Rounds()
    one = kept(keeper)

    def away(kept: list[Kept]) -> list[object]:
        raise redis.ConnectionError("away")

    with monkeypatch.context() as patched:
        patched.setattr(keeper, "_ask", away)
        keeper.round()
        with pytest.raises(OSError, match="does not answer"):
            one.look()
    keeper.round()
    assert one.look() == Wishes(False, None, frozenset({"h265"}))


def test_what_has_ended_is_not_written_again() -> None:
    keeper = Rounds()
    one = kept(keeper)
    keeper.round()
    keeper.end(one)
    present().delete("lease:7", "stream:7")
    keeper.round()
    assert not lease.held(7)
    assert states.read(7) is None


def test_an_answer_that_makes_no_sense_is_none_and_the_others_are_heard() -> None:
    keeper = Rounds()
    one, other = kept(keeper), kept(keeper, 8)
    present().set(demand.epoch_key(7), "x")
    demand.want(8, "a")
    keeper.round()
    with pytest.raises(OSError, match="does not answer"):
        one.look()
    assert other.look() == demand.wishes(8)


def test_nothing_that_goes_wrong_in_a_round_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Rounds()
    one = kept(keeper)

    def broken(kept: list[Kept]) -> list[object]:
        raise IndexError

    monkeypatch.setattr(keeper, "_ask", broken)
    keeper.round()
    with pytest.raises(OSError, match="does not answer"):
        one.look()


def test_why_a_camera_cannot_be_had_outlives_a_round_that_was_under_way() -> None:
    """A round had read the record before, and writes it after the supervisor has said its last."""
    failed = Record(StreamState.FAILED, Reason.UNAUTHORIZED, 2.0, "house")
    one = Kept(7, "token", failed, Wishes(True, None))
    states.write(7, LIVE)
    running._leave_record(one, "failed")
    assert states.read(7) == failed

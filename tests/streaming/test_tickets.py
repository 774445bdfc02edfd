import pytest

from streaming.tickets import Ticket, held, passer_by, resident, verify

NOW = 1_800_000_000
TICKET = Ticket("abcdefghjk", 3, NOW + 60, "w123456789abc")
TOKEN = TICKET.path.split("/")[4]


def test_a_genuine_ticket_lets_in() -> None:
    assert verify("abcdefghjk", 3, TOKEN, now=NOW) == TICKET
    assert held("http://portal" + TICKET.path + "live.m3u8", "abcdefghjk", 3, now=NOW) == TICKET


@pytest.mark.parametrize(
    ("camera", "epoch", "token", "now"),
    [
        ("abcdefghjk", 3, TOKEN, NOW + 61),
        ("abcdefghjk", 4, TOKEN, NOW),
        ("zzzzzzzzzz", 3, TOKEN, NOW),
        ("abcdefghjk", 3, TOKEN[:-1], NOW),
        ("abcdefghjk", 3, TOKEN.replace(str(NOW + 60), str(NOW + 6000)), NOW),
        ("abcdefghjk", 3, TOKEN.replace("w123", "w124"), NOW),
        ("abcdefghjk", 3, "", NOW),
        ("abcdefghjk", 3, "²-w-x", NOW),
        ("abcdefghjk", 3, "9" * 500, NOW),
        ("abcdefghjk", 3, TOKEN[:-1] + "é", NOW),
    ],
)
def test_any_change_makes_it_worthless(camera: str, epoch: int, token: str, now: float) -> None:
    assert verify(camera, epoch, token, now=now) is None


@pytest.mark.parametrize("url", ["", "http://[", "/hls/", "/hls/abcdefghjk/3/x/live.m3u8", "\0"])
def test_nonsense_for_an_address_holds_no_ticket(url: str) -> None:
    assert held(url, "abcdefghjk", 3, now=NOW) is None


def test_names_in_tickets_say_nothing_of_the_account_but_are_the_same_each_time() -> None:
    assert resident(7) == resident(7) != resident(8)
    assert passer_by() != passer_by()

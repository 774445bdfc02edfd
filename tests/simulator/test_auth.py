"""Basic and digest authentication."""

import base64

from simulator.auth import REALM, Gate, Verdict, digest_answer, parse_parameters

USER, PASSWORD = "tilik", 'p@ss:w/rd%#"\\'


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _gate(clock: _Clock | None = None) -> Gate:
    return Gate(user=USER, password=PASSWORD, clock=clock or _Clock(), nonce_lifetime=60)


def _digest(gate: Gate, *, password: str = PASSWORD, qop: bool, nonce: str | None = None) -> str:
    challenge = parse_parameters(gate.challenges()[0].partition(" ")[2])
    given = {"realm": challenge["realm"], "nonce": nonce or challenge["nonce"], "uri": "rtsp://h/pos"}
    if qop:
        given |= {"qop": "auth", "nc": "00000001", "cnonce": "ab"}
    given["response"] = digest_answer(user=USER, password=password, method="DESCRIBE", parameters=given)
    given["username"] = USER
    return "Digest " + ", ".join(f'{name}="{value}"' for name, value in given.items())


def test_the_answer_of_the_standards_example_is_computed() -> None:
    given = {
        "realm": "testrealm@host.com",
        "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        "uri": "/dir/index.html",
        "qop": "auth",
        "nc": "00000001",
        "cnonce": "0a4f113b",
    }
    answer = digest_answer(user="Mufasa", password="Circle Of Life", method="GET", parameters=given)
    assert answer == "6629fae49393a05397450978507c4ef1"


def test_digest_is_welcome_with_and_without_qop() -> None:
    gate = _gate()
    for qop in (True, False):
        assert gate.check(method="DESCRIBE", header=_digest(gate, qop=qop)) is Verdict.WELCOME


def test_a_wrong_password_another_method_and_another_address_are_rejected() -> None:
    gate = _gate()
    right = _digest(gate, qop=True)
    assert gate.check(method="DESCRIBE", header=_digest(gate, qop=True, password="x")) is Verdict.WRONG
    assert gate.check(method="SETUP", header=right) is Verdict.WRONG
    assert gate.check(method="DESCRIBE", header=right, is_ours=lambda uri: False) is Verdict.WRONG
    assert gate.check(method="DESCRIBE", header=None) is Verdict.WRONG
    assert gate.check(method="DESCRIBE", header="Digest nonsense") is Verdict.WRONG


def test_an_old_nonce_is_stale_and_a_foreign_one_is_wrong() -> None:
    clock = _Clock()
    gate = _gate(clock)
    old = _digest(gate, qop=True)
    clock.now += 61
    assert gate.check(method="DESCRIBE", header=old) is Verdict.STALE
    assert "stale=true" in gate.challenges(stale=True)[0]
    foreign = _digest(gate, qop=True, nonce="0-123")
    assert gate.check(method="DESCRIBE", header=foreign) is Verdict.WRONG


def test_basic_keeps_colons_in_the_password() -> None:
    gate = _gate()
    for password, verdict in ((PASSWORD, Verdict.WELCOME), ("p@ss", Verdict.WRONG)):
        given = base64.b64encode(f"{USER}:{password}".encode()).decode()
        assert gate.check(method="PLAY", header=f"Basic {given}") is verdict
    assert gate.check(method="PLAY", header="Basic ***") is Verdict.WRONG


def test_both_schemes_are_offered_in_the_same_realm() -> None:
    digest, basic = _gate().challenges()
    assert digest.startswith("Digest ")
    assert basic == f'Basic realm="{REALM}"'

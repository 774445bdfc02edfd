"""Web push against a push service of our own on this machine: real TLS, real HTTP, and what a browser would read."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import http_ece
import pytest
from allauth.account.signals import password_changed, password_reset
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from alerts import posting, pushing, subscribing
from alerts.envelopes import Browser, WrongKey, check_keys, new_private_key, public_key_of
from alerts.models import Subscription
from alerts.pushing import Way
from alerts.subscribing import CannotSubscribe
from cameras.reach import Rules

WORD = {
    "title": "Kentongan RT 003 / RW 005: Maling!",
    "body": "warga",
    "url": "/kentongan/bunyi/1/",
    "tag": "kentongan-1",
}
WORDS = {"id": WORD, "en": {**WORD, "title": "Kentongan of RT 003 / RW 005: Thief!"}}


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Phone:
    """A browser as its push service and its owner know it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"0123456789abcdef"

    def browser(self, endpoint: str) -> Browser:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Browser(endpoint, b64(point), b64(self.secret))

    def read(self, body: bytes) -> Any:
        clear = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return json.loads(clear)


class Service(ThreadingHTTPServer):
    """Answers with the number in the path: ``/201/abc``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        certificate, key = _certificate(folder)
        mine = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        mine.load_cert_chain(certificate, key)
        self.socket = mine.wrap_socket(self.socket, server_side=True)
        self.trusted = ssl.create_default_context(cafile=str(certificate))

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def endpoint(self, status: int, name: str = "abc") -> str:
        return f"https://127.0.0.1:{self.port}/{status}/{name}"

    def way(self, **rules: Any) -> Way:
        """A city that makes an exception for exactly this service."""
        allowed = {"ports": frozenset({self.port}), "exceptions": frozenset({("127.0.0.1", self.port)})}
        return Way(Rules(**(allowed | rules)), self.trusted)

    def handle_error(self, request: Any, client_address: Any) -> None:
        return None  # somebody who does not trust us hangs up


class _Door(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers.items()), body))
        status = int(self.path.split("/")[1])
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"https://127.0.0.1:{self.server.port}/201/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        return None


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "push")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, own = folder / "push.pem", folder / "push.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    own.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, own


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("push")) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def city_key(settings: Settings, service: Service) -> str:
    service.got.clear()
    settings.VAPID_PRIVATE_KEY, settings.VAPID_SUBJECT = new_private_key(), "mailto:kota@contoh.id"
    settings.PUSH_HOSTS = ["127.0.0.1"]
    return str(settings.VAPID_PRIVATE_KEY)


def subscribed(person: User, phone: Phone, endpoint: str) -> Subscription:
    return subscribing.subscribe(phone.browser(endpoint), person=person, session={})


# ---- what arrives ----------------------------------------------------------------------------------------------------------------


def test_each_browser_reads_it_in_the_language_that_it_was_subscribed_in(
    resident: User, service: Service, city_key: str
) -> None:
    here, there = Phone(), Phone()
    subscribed(resident, here, service.endpoint(201))
    with translation.override("en"):
        subscribed(resident, there, service.endpoint(202))
    assert pushing.push([resident.pk], WORDS, service.way()) == 2
    read = {path: phone.read(body) for path, _, body in service.got for phone in (here if "201" in path else there,)}
    assert read == {"/201/abc": WORDS["id"], "/202/abc": WORDS["en"]}


def test_a_browser_reads_the_word_and_its_service_knows_whose_it_is(
    resident: User, service: Service, city_key: str
) -> None:
    phone = Phone()
    row = subscribed(resident, phone, service.endpoint(201))
    assert pushing.push([resident.pk], WORDS, service.way()) == 1
    ((path, headers, body),) = service.got
    assert path == "/201/abc"
    assert phone.read(body) == WORD
    assert WORD["body"].encode() not in body
    assert (headers["Content-Encoding"], headers["Urgency"]) == ("aes128gcm", "high")
    claims, key = _signed(headers["Authorization"])
    assert (claims["aud"], claims["sub"]) == (f"https://127.0.0.1:{service.port}", "mailto:kota@contoh.id")
    assert key == public_key_of(city_key)
    row.refresh_from_db()
    assert row.reached_at is not None


def _signed(header: str) -> tuple[dict[str, Any], str]:
    """What a VAPID header claims, and with whose key; fails where the signature is not that key's."""
    parts = dict(one.strip().split("=", 1) for one in header.removeprefix("vapid ").split(","))
    head, claims, signature = parts["t"].split(".")
    raw = unb64(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
    two = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(two, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(unb64(claims)), parts["k"]


def test_browsers_that_are_gone_are_forgotten_and_others_are_not(
    resident: User, head: User, neighbour: User, service: Service, city_key: str
) -> None:
    for number, status in enumerate((201, 404, 410, 500, 403, 302)):
        subscribed(resident, Phone(), service.endpoint(status, f"p{number}"))
    subscribed(neighbour, Phone(), service.endpoint(201, "other"))
    assert pushing.push([resident.pk, head.pk], WORDS, service.way()) == 1
    left = {row.endpoint.rsplit(":", 1)[1].split("/", 1)[1]: row.failures for row in resident.subscriptions.all()}
    assert left == {"201/p0": 0, "500/p3": 1, "403/p4": 1, "302/p5": 1}
    assert not any("elsewhere" in path or "other" in path for path, _, _ in service.got)


def test_a_browser_that_fails_again_and_again_is_forgotten(resident: User, service: Service, city_key: str) -> None:
    subscribed(resident, Phone(), service.endpoint(500))
    Subscription.objects.update(failures=pushing.MOST_FAILURES - 2)
    pushing.push([resident.pk], WORDS, service.way())
    assert Subscription.objects.exists()
    pushing.push([resident.pk], WORDS, service.way())
    assert not Subscription.objects.exists()


def test_one_address_that_cannot_be_signed_keeps_nobody_else_s_word_back(
    resident: User, head: User, service: Service, city_key: str
) -> None:
    odd = subscribed(resident, Phone(), service.endpoint(201))
    subscribed(head, Phone(), service.endpoint(201, "other"))
    Subscription.objects.filter(pk=odd.pk).update(endpoint="https://127.0.0.1:/201/abc")
    assert pushing.push([resident.pk, head.pk], WORDS, service.way()) == 1
    assert [path for path, _, _ in service.got] == ["/201/other"]


def test_without_a_subject_of_the_city_no_browser_is_forgotten(
    resident: User, service: Service, city_key: str, settings: Settings
) -> None:
    settings.VAPID_SUBJECT = ""
    subscribed(resident, Phone(), service.endpoint(201))
    assert pushing.push([resident.pk], WORDS, service.way()) == 0
    assert Subscription.objects.get().failures == 1


def test_somebody_whose_account_is_shut_is_told_nothing(resident: User, service: Service, city_key: str) -> None:
    subscribed(resident, Phone(), service.endpoint(201))
    User.objects.filter(pk=resident.pk).update(is_active=False)
    assert pushing.push([resident.pk], WORDS, service.way()) == 0
    assert service.got == []


# ---- what may not be reached -----------------------------------------------------------------------------------------------------


def test_the_usual_way_reaches_nothing_on_this_machine(resident: User, service: Service, city_key: str) -> None:
    subscribed(resident, Phone(), service.endpoint(201))
    assert pushing.push([resident.pk], WORDS) == 0
    assert service.got == []
    assert not Subscription.objects.exists(), "an address inside is no push service"


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["169.254.169.254"], ["10.0.0.7"]])
def test_a_known_name_that_points_inside_is_not_reached(
    resident: User, service: Service, city_key: str, settings: Settings, answers: list[str]
) -> None:
    settings.PUSH_HOSTS = [".push.contoh.id"]
    subscribed(resident, Phone(), f"https://web.push.contoh.id:{service.port}/201/abc")

    async def names(name: str, port: int) -> list[str]:
        return answers

    way = Way(service.way().rules, service.trusted, names)
    assert pushing.push([resident.pk], WORDS, way) == 0
    assert service.got == []


def test_a_service_without_a_certificate_that_counts_gets_nothing(
    resident: User, service: Service, city_key: str
) -> None:
    subscribed(resident, Phone(), service.endpoint(201))
    assert pushing.push([resident.pk], WORDS, Way(service.way().rules, ssl.create_default_context())) == 0
    assert service.got == []
    assert Subscription.objects.get().failures == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://fcm.googleapis.com.jahat.id/x", "https://jahat.id/fcm.googleapis.com",
        "https://user@fcm.googleapis.com/x", "https://fcm.googleapis.com", "https://127.0.0.1/x", "https://[::1]/x",
        "https://fcm.googleapis.com:0/x", "https://fcm.googleapis.com:/x",
        "https://fcm.googleapis.com:70000/x", "https://fcm.googleapis.com/x\r\nHost: y", "file:///etc/passwd",
        "https://fcm.googleapis.com/x#y", "https://fcm.googleapis.com\\@jahat.id/x", "", "https://fcm.googleapis.com/" + "x" * 1000,
        "https://xfcm.googleapis.com/x", "https://push.apple.com.jahat.id/x",
    ],
)  # fmt: skip
def test_an_address_that_is_no_known_push_service_s_is_refused(
    resident: User, city_key: str, settings: Settings, endpoint: str
) -> None:
    settings.PUSH_HOSTS = ["fcm.googleapis.com", ".push.apple.com"]
    with pytest.raises(posting.WrongEndpoint):
        posting.check(endpoint, settings.PUSH_HOSTS)
    with pytest.raises(CannotSubscribe):
        subscribed(resident, Phone(), endpoint)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/a:b-c_d",
        "https://web.push.apple.com/QAB",
        "https://fcm.googleapis.com:443/x?y=1",
    ],
)
def test_an_address_of_a_known_push_service_is_taken(endpoint: str) -> None:
    assert posting.check(endpoint, ["fcm.googleapis.com", ".push.apple.com"]).hostname


def test_keys_that_are_none_are_refused(resident: User, city_key: str, service: Service) -> None:
    good = Phone().browser(service.endpoint(201))
    not_on_the_curve = b64(b"\x04" + b"\x01" * 64)
    for p256dh, auth in [
        ("", ""),
        ("xx", good.auth),
        (good.p256dh, "xx"),
        (not_on_the_curve, good.auth),
        ("ü" * 87, good.auth),
    ]:
        with pytest.raises(WrongKey):
            check_keys(p256dh, auth)
        with pytest.raises(CannotSubscribe):
            subscribing.subscribe(Browser(good.endpoint, p256dh, auth), person=resident, session={})


# ---- whose browser it is -----------------------------------------------------------------------------------------------------------


def test_a_browser_belongs_to_who_is_logged_in_there_and_to_nobody_after(
    resident: User, head: User, city_key: str, service: Service
) -> None:
    phone, client = Phone(), Client()
    browser = phone.browser(service.endpoint(201))
    body = {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}

    def subscribe() -> int:
        return client.post("/api/v1/push/", body, content_type="application/json").status_code

    assert subscribe() == 401
    client.force_login(resident)
    assert client.get("/api/v1/push/").json() == {"public_key": public_key_of(city_key)}
    assert (subscribe(), subscribe()) == (204, 204)
    assert list(Subscription.objects.values_list("person", flat=True)) == [resident.pk]
    client.force_login(head)
    assert subscribe() == 204
    assert list(Subscription.objects.values_list("person", flat=True)) == [head.pk]
    client.post("/keluar/")
    assert not Subscription.objects.exists()


def test_a_new_password_ends_it_on_every_other_browser(
    resident: User, head: User, city_key: str, service: Service
) -> None:
    browser = Phone().browser(service.endpoint(201, "here"))
    session: dict[str, str] = {}
    here = subscribing.subscribe(browser, person=resident, session=session)
    subscribed(resident, Phone(), service.endpoint(201, "lost"))
    theirs = subscribed(head, Phone(), service.endpoint(201, "head"))
    request = HttpRequest()
    request.session = session  # type: ignore[assignment]
    password_changed.send(sender=User, request=request, user=resident)
    assert set(Subscription.objects.all()) == {here, theirs}
    password_reset.send(sender=User, request=HttpRequest(), user=resident)
    assert set(Subscription.objects.all()) == {theirs}


def test_a_person_forgets_their_own_browser_and_not_another_s(
    resident: User, head: User, city_key: str, service: Service
) -> None:
    endpoint = service.endpoint(201)
    subscribed(head, Phone(), endpoint)
    assert not subscribing.unsubscribe(endpoint, person=resident, session={})
    assert subscribing.unsubscribe(endpoint, person=head, session={})


def test_one_person_has_so_many_browsers(resident: User, city_key: str, service: Service) -> None:
    for number in range(subscribing.MOST + 3):
        subscribed(resident, Phone(), service.endpoint(201, f"p{number}"))
    assert resident.subscriptions.count() == subscribing.MOST


def test_without_keys_of_the_city_nobody_subscribes(resident: User, settings: Settings, service: Service) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    with pytest.raises(CannotSubscribe):
        subscribed(resident, Phone(), service.endpoint(201))
    assert subscribing.public_key() == ""


def test_the_command_makes_the_key_once_for_its_owner_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "secrets" / "vapid_private_key"
    call_command("make_push_keys", file=file)
    key = file.read_text()
    assert len(public_key_of(key)) == 87
    assert file.stat().st_mode & 0o777 == 0o600
    call_command("make_push_keys", file=file)
    assert file.read_text() == key
    assert key not in capsys.readouterr().out

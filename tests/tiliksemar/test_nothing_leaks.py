"""Everything that the portal answers, asked as each role: no camera's address and no credential stands in it.

The walk finds the pages by their links and by the URL table, so new ones are walked through too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import FieldError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cameras import visibility
from cameras.addresses import Credentials, parse
from cameras.health import Observation, observe
from cameras.models import Camera, Visibility
from cameras.reasons import Reason
from cameras.sources import set_source
from neighborhoods.models import RT, Residency
from tests.conftest import make_camera
from tests.secrecy.crawling import STATIC, Answer, Crawler
from tests.secrecy.patterns import camera_addresses
from tests.secrecy.places import contents
from tests.secrecy.routes import Route, route_of, table
from tests.secrecy.spellings import Search, Secret

PASSWORD, USER = "p@ss:w/rd%#", "juru@kunci/rt%"
HOSTS = ("10.83.19.44", "fd83:19:44::7", "kamera-gang-mawar.example")
SEARCH = Search(
    [Secret("password", PASSWORD), Secret("user name", USER), Secret("path", "jalur-gang-mawar", pieces=False)]
    + [Secret(f"host {number}", host, pieces=False) for number, host in enumerate(HOSTS)]
)
ROLES = [
    *["stranger", "resident", "neighbour", "former", "guard", "head", "rw_head", "lurah", "camat"],
    *["owner", "officer", "chief"],
]
# To the administration they are all one: nobody of its staff.
OUTSIDE = frozenset(ROLES) - {"stranger", "head", "chief"}


@pytest.fixture
def city(rt: RT, next_rt: RT, head: User, owner: User) -> list[Camera]:
    """Cameras at every visibility, in both RTs, with sources, statuses and histories."""
    cameras = [
        make_camera(home, level, f"Gapura {home.number}, {level}", owner=owner if level == Visibility.MATI else None)
        for home in (rt, next_rt)
        for level in Visibility
    ]
    reasons = [Reason.NONE, Reason.UNAUTHORIZED, Reason.REFUSED, Reason.NOT_FOUND]
    for number, camera in enumerate(cameras):
        host = HOSTS[number % len(HOSTS)]
        address, _ = parse(f"rtsp://{f'[{host}]' if ':' in host else host}:5540/jalur-gang-mawar?kanal={number}")
        set_source(camera, address=address, credentials=Credentials(USER, PASSWORD))
        for _ in range(3):
            observe([Observation(camera.pk, camera.created_at, reasons[number % len(reasons)])])
        visibility.switch(camera, to=Visibility(camera.visibility), by=head, reason="tetap")
    return cameras


@pytest.fixture
def waiting(rt: RT) -> Residency:
    user = User.objects.create_user("pendatang", password="pendatang-malam")
    return Residency.objects.create(user=user, rt=rt, state=Residency.State.PENDING)


@pytest.fixture
def client_of(request: pytest.FixtureRequest) -> Callable[[str], Client]:
    def client_of(role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != "stranger":
            client.force_login(request.getfixturevalue(role))
        return client

    return client_of


def answer_of(answer: Any) -> Answer:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return Answer(answer.status_code, answer.headers.get("Content-Type", ""), f"{headers}\n{cookies}", body)


def known_values(route: Route, word: str) -> list[str]:
    """Values of the records' fields of this name: first those of the route's own room; of keys, only those."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.app_label != route.room):
        is_key = word in {"pk", "id", f"{model._meta.model_name}_id"}
        if is_key and model._meta.app_label != route.room:
            continue
        field = "pk" if is_key else "number" if word == model._meta.model_name else word
        try:
            values = list(model._default_manager.values_list(field, flat=True)[:4])
        except FieldError:
            continue
        if values:
            return [str(value) for value in values]
    return []


def leaks(where: str, content: bytes) -> list[str]:
    found = [str(finding) for finding in SEARCH(where, content)]
    return found + [f"{word} in {where}" for word in camera_addresses(content)]


def walk(role: str, client: Client, begin: list[str]) -> Crawler:
    besides = (STATIC, "/admin/") if role in OUTSIDE else (STATIC,)
    return Crawler(
        lambda path: answer_of(client.get(path)), begin=begin, guess=known_values, each_route=3, besides=besides
    )


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_holds_an_address_or_a_credential(
    role: str,
    city: list[Camera],
    waiting: Residency,
    client_of: Callable[[str], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = client_of(role)
    crawler = walk(role, client, ["/", *ASKED_BY_SCRIPTS, *(camera.get_absolute_url() for camera in city)])
    found: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for path, answer in crawler.crawl():
            found += leaks(f"GET {path} ({answer.status})", answer.whole)
            assert answer.status != 500, f"{path} as {role}"
        for path, answer in nonsense(client, crawler):
            found += leaks(f"POST {path} ({answer.status})", answer.whole)
    found += leaks("the log", "\n".join(record.getMessage() for record in caplog.records).encode())
    with redis.Redis.from_url(settings.REDIS_URL) as raw:
        found += [leak for key, piece in contents(raw) for leak in leaks(f"Redis, {key}", piece)]
    assert not found, "\n".join(found)
    # Every route was tried, and enough of them had something to say: an empty walk would prove nothing.
    untried = {
        route.name for route in table() if not (role in OUTSIDE and route.name.startswith("admin/"))
    } - crawler.routes
    assert not untried, f"no address of theirs could be guessed, see known_values: {untried}"
    assert crawler.answered[200] >= 20


def nonsense(client: Client, crawler: Crawler) -> Iterator[tuple[str, Answer]]:
    """Every address that was opened, with things sent to it that it cannot understand; nothing of it stays."""
    cookies = client.cookies.output(header="", sep=";")
    for path in crawler.one_of_each_route():
        for data, kind in ((b"{}", "application/json"), (b"{", "application/json"), (b"x=1", FORM)):
            with transaction.atomic():
                client.cookies.load(cookies)  # one of them is the way out
                yield path, answer_of(client.post(path, data=data, content_type=kind))
                transaction.set_rollback(True)


FORM = "application/x-www-form-urlencoded"
# What scripts ask with words of their own: where the city's cameras are, and searches that find them.
ASKED_BY_SCRIPTS = [
    "/api/v1/map/?zoom=17&bbox=110.38,-7.06,110.40,-7.04",
    "/api/v1/search/?q=rt+3+rw+5",
    "/cari/?q=rt+3+rw+5",
]


@pytest.mark.django_db
def test_the_walk_sees_what_stands_in_a_page_an_answer_and_the_administration(
    city: list[Camera], client_of: Callable[[str], Client]
) -> None:
    """The control: a camera that is called by its own address is found out everywhere."""
    Camera.objects.filter(pk=city[0].pk).update(name=f"rtsp://{HOSTS[0]}/ {PASSWORD}", visibility=Visibility.PUBLIK)
    one = [city[0].public_id]
    for role, places in {
        "stranger": [reverse("kamera", args=one), reverse("api-camera", args=one), *ASKED_BY_SCRIPTS],
        "chief": [reverse("admin:cameras_camera_changelist")],
    }.items():
        crawler = walk(role, client_of(role), ["/", *places])
        wanted = {found[0] for place in places if (found := route_of(place.partition("?")[0]))}
        for path, answer in crawler.crawl():
            if (found := route_of(path.partition("?")[0])) and leaks(path, answer.whole):
                wanted.discard(found[0])
            if not wanted:
                break
        assert not wanted


@pytest.mark.parametrize(
    "content", [f"rtsp://{HOSTS[0]}/x", r'"rtsp:\/\/a\/b"', "10.1.2.3", "fd12:3456::1", "192.168.7.7"]
)
def test_addresses_are_known_when_seen(content: str) -> None:
    assert list(camera_addresses(content.encode()))


@pytest.mark.parametrize(
    "content", ["33.74.12.1009", "127.0.0.1:8000", "1.2.3.4.5", "rtsp:// atau rtsps://", "feed:12"]
)
def test_other_things_are_no_addresses(content: str) -> None:
    assert not list(camera_addresses(content.encode()))

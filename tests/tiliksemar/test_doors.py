"""What guards every door: the policy of pages, the origin of sockets, the size of what is sent, how often somebody may ask."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from cameras.models import Camera
from machines import issuing
from streaming import present
from tiliksemar import policy
from tiliksemar.body_limit import BodyLimit
from tiliksemar.origins import is_ours

PROJECT = Path(__file__).parents[2]


# ---- policy ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/masuk/", "/api/v1/status/", "/healthz", "/nowhere/", "/static/css/base.css"])
def test_every_answer_carries_the_policy(path: str) -> None:
    answer = Client().get(path)
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_the_map_may_load_its_tiles_and_nothing_else_from_elsewhere(settings: Settings) -> None:
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    request = RequestFactory().get("/", headers={"Host": "portal.example"})
    said = policy.headers(lambda request: HttpResponse())(request).headers["Content-Security-Policy"]
    assert said.count("https://tiles.example") == 1
    assert "img-src 'self' data: blob: https://tiles.example;" in said


def test_no_template_and_no_module_needs_what_the_policy_forbids() -> None:
    for template in (PROJECT / "templates").rglob("*.html"):
        text = template.read_text()
        for tag in text.split("<script")[1:]:
            opening = tag.split(">", 1)[0]
            assert "src=" in opening or "application/json" in opening, template
        for inline in (" style=", "<style", " onclick=", " onload=", " onsubmit=", " onchange=", "javascript:"):
            assert inline not in text, (template, inline)
    for module in (PROJECT / "static" / "js").glob("*.js"):
        for line in module.read_text().splitlines():
            if line.startswith("import "):
                # Bare names would need an import map, which is an inline script.
                assert 'from "./' in line or 'from "../vendor/' in line or line.startswith('import "./'), (module, line)


# ---- sockets -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "host", "let_in"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://localhost", "localhost", True),
        ("http://localhost:80", "localhost", True),
        ("HTTP://LOCALHOST:8000", "localhost:8000", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("http://localhost", "localhost:8000", False),
        ("https://localhost:8000", "localhost:8000", False),
        ("http://elsewhere.example", "elsewhere.example", False),
        ("http://localhost.elsewhere.example:8000", "localhost:8000", False),
        ("http://user@localhost:8000", "localhost:8000", False),
        ("http://localhost:8000/path", "localhost:8000", False),
        ("null", "localhost:8000", False),
        ("http://localhost:99999", "localhost:8000", False),
        ("", "localhost:8000", False),
        ("https://portal.example", "inner:8000", True),
    ],
)
def test_a_socket_opens_for_our_own_pages_alone(origin: str, host: str, let_in: bool, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://portal.example"]
    assert is_ours([origin], [host]) == let_in


def test_a_socket_without_an_origin_or_with_two_stays_shut() -> None:
    assert not is_ours([], ["localhost"])
    assert not is_ours(["http://localhost", "http://localhost"], ["localhost"])


# ---- size --------------------------------------------------------------------------------------------------------------------


class Asked:
    """One request to an ASGI application; ``sent`` is what it answered."""

    def __init__(self, *pieces: bytes, announced: str = "") -> None:
        self._pieces = list(pieces)
        self.sent: list[dict[str, Any]] = []
        self.scope = {"type": "http", "headers": [(b"content-length", announced.encode())] if announced else []}
        self.read = 0

    async def receive(self) -> dict[str, Any]:
        piece = self._pieces.pop(0)
        self.read += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(self._pieces)}

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    async def through(self, limit: int) -> int:
        await BodyLimit(_echo, largest=limit)(self.scope, self.receive, self.send)
        return int(self.sent[0]["status"])


async def _echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if not message["more_body"]:
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_a_body_that_is_too_large_goes_no_further_announced_or_not() -> None:
    assert await Asked(b"12345", b"67890", announced="10").through(10) == 200
    announced = Asked(b"1", announced="11")
    assert (await announced.through(10), announced.read) == (413, 0)
    secret = Asked(b"12345", b"678901", b"more", b"and more")
    assert (await secret.through(10), secret.read) == (413, 11)
    assert [message["type"] for message in secret.sent] == ["http.response.start", "http.response.body"]


@pytest.mark.django_db
def test_a_large_question_to_the_api_is_refused_in_words(camera: Camera) -> None:
    answer = Client().post(
        f"/api/v1/cameras/{camera.public_id}/watch/", {"playlist_url": "x" * 20_000}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


# ---- how often ---------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_who_asks_too_often_hears_when_to_come_again_and_others_are_answered(
    settings: Settings, resident: User
) -> None:
    settings.RATE_ADDRESS = 2
    statuses = [Client(REMOTE_ADDR="10.9.8.7").get("/api/v1/status/").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = Client(REMOTE_ADDR="10.9.8.7").get("/api/v1/status/")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "too_many"
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert Client(REMOTE_ADDR="10.9.8.6").get("/api/v1/status/").status_code == 200
    person = Client(REMOTE_ADDR="10.9.8.7")
    person.force_login(resident)
    assert person.get("/api/v1/status/").status_code == 200


@pytest.mark.django_db
def test_kinds_of_questions_are_counted_apart(settings: Settings, camera: Camera, head: User) -> None:
    settings.RATE_PERSON = 10
    client = Client()
    client.force_login(head)
    switch = f"/api/v1/cameras/{camera.public_id}/visibility/"
    assert client.post(switch, {"visibility": "publik"}, content_type="application/json").status_code != 429
    assert client.post(switch, {"visibility": "publik"}, content_type="application/json").status_code == 429
    assert client.get("/api/v1/status/").status_code == 200


@pytest.mark.django_db
def test_a_machine_is_counted_by_its_token(settings: Settings, officer: User) -> None:
    settings.RATE_MACHINE = 1
    for expected in (200, 200):  # another token each time
        _, secret = issuing.issue(officer, name="Layar", scopes=["read:status"], days=1)
        headers = {"Authorization": f"Bearer {secret}"}
        assert Client().get("/api/v1/status/", headers=headers).status_code == expected
        assert Client().get("/api/v1/status/", headers=headers).status_code == 429


@pytest.mark.django_db
def test_without_redis_everybody_is_answered_and_it_is_logged(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RATE_ADDRESS = 1

    def away(*args: object, **options: object) -> None:
        raise redis.ConnectionError("away")

    monkeypatch.setattr(present.present(), "pipeline", away)
    assert [Client().get("/api/v1/status/").status_code for _ in range(3)] == [200, 200, 200]
    assert "Redis does not answer" in caplog.text


# ---- errors ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("get", "/api/v1/nothing/", {}, 404, "not_found"),
        ("get", "/api/", {}, 404, "not_found"),
        ("get", "/api/v1/cameras/?page=99", {}, 404, "no_page"),
        ("get", "/api/v1/cameras/?page=x", {}, 404, "no_page"),
        ("get", "/api/v1/status/?x=%00", {}, 400, "invalid"),
        ("delete", "/api/v1/status/", {}, 405, "method"),
        ("get", "/api/v1/status/", {"headers": {"Accept": "text/csv"}}, 406, "not_acceptable"),
        ("get", "/api/v1/status/", {"headers": {"Authorization": "Bearer x"}}, 401, "token"),
        ("post", "WATCH", {"data": "{", "content_type": "application/json"}, 400, "invalid"),
        ("post", "WATCH", {"data": "[]", "content_type": "application/json"}, 400, "invalid"),
        ("post", "WATCH", {"data": '{"small": 7}', "content_type": "application/json"}, 400, "invalid"),
        ("post", "WATCH", {"data": "a=1", "content_type": "text/plain"}, 415, "unsupported_media_type"),
    ],
)
def test_whatever_goes_wrong_in_the_api_is_a_problem_in_indonesian(
    camera: Camera, method: str, path: str, options: dict[str, Any], status: int, code: str
) -> None:
    path = path.replace("WATCH", f"/api/v1/cameras/{camera.public_id}/watch/")
    answer = getattr(Client(), method)(path, **options)
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["title"]
    said = f"{problem['detail']} {problem.get('fields', '')}".lower()
    assert not {" the ", "invalid", "not ", "must", "expected", "error"} & set(said.split()), said


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_is_told_so_and_a_failure_of_ours_is_a_problem_too(
    camera: Camera, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(head)
    answer = client.post(f"/api/v1/cameras/{camera.public_id}/visibility/", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    monkeypatch.setattr("cameras.api.access.listed", lambda user: 1 / 0)
    answer = client.get("/api/v1/status/")
    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_people_get_pages_not_problems() -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


# ---- deployment --------------------------------------------------------------------------------------------------------------


def test_the_check_for_deployment_finds_nothing_behind_https() -> None:
    own = {"HTTPS": "1", "DEBUG": "0", "SECRET_KEY": "Zr8-4vQmE1s_pT0xNn7LwYc3-KdJ9fHb2GgUa6RtVi5OoXzMq7Ec"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_behind_https_cookies_travel_only_there() -> None:
    code = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, "
        "s.SESSION_COOKIE_NAME)"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=PROJECT,
        env={**os.environ, "HTTPS": "1", "DEBUG": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "True", "True", "Lax", "__Host-sessionid"]

"""The API keeps to its own description: whatever is asked, by whomever, nothing fails and no answer is another than described."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from cameras.models import Camera, Visibility
from cameras.problems import PROBLEM_TYPE
from neighborhoods.models import RT
from ronda import rounds
from streaming import nodes, tasks
from streaming.nodes import Node
from tests.conftest import make_camera

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what it imports warns of its own future
    import schemathesis
    from schemathesis import checks
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi import checks as openapi_checks

# For each operation and person; enough to try every parameter both ways, in seconds.
EXAMPLES = 10
_TOKEN = "a" * 32
_METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, found in document["paths"].items():
        for method, operation in found.items():
            if method in _METHODS:
                yield f"{method.upper()} {path}", operation


# ---- the document ----------------------------------------------------------------------------------------------------------------


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    validate_schema(document)


def test_every_operation_says_what_it_does_and_answers_and_every_error_is_a_problem(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert operation.get("summary") or operation.get("description"), name
        assert [status for status in operation["responses"] if status < "300"], name
        for status, response in operation["responses"].items():
            assert response["description"], (name, status)
            if status >= "400":
                assert list(response["content"]) == [PROBLEM_TYPE], (name, status)
                assert response["content"][PROBLEM_TYPE]["example"]["status"] == int(status)


def test_what_is_sent_and_answered_has_examples_that_fit(document: dict[str, Any]) -> None:
    """Of all that is sent or answered as JSON; GeoJSON, whose shape is known, apart."""
    wanted = set()
    for _, operation in operations(document):
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        bodies += [response for status, response in operation["responses"].items() if status < "300"]
        for body in bodies:
            reference = body.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
            wanted |= {reference.rsplit("/", 1)[-1]} - {""}
    schemas = document["components"]["schemas"]
    assert [name for name in sorted(wanted) if "example" not in schemas[name]] == []
    for name in wanted:
        assert set(schemas[name].get("required", [])) <= set(schemas[name]["example"]), name


# ---- the answers -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def city(rt: RT, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[Camera]:
    """A camera of each visibility; nothing is sent to a worker."""
    monkeypatch.setattr(tasks.run_stream, "apply_async", lambda *args, **options: None)
    monkeypatch.setattr(tasks.grab_stills, "apply_async", lambda *args, **options: None)
    settings.RATE_PERSON = settings.RATE_ADDRESS = 1_000_000
    return [make_camera(rt, level, name=f"Kamera {level}") for level in Visibility]


@pytest.mark.parametrize("person", ["stranger", "resident", "head", "officer"])
def test_no_answer_fails_or_is_another_than_described(
    document: dict[str, Any], city: list[Camera], person: str, request: pytest.FixtureRequest
) -> None:
    user: User | AnonymousUser = request.getfixturevalue(person)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = WSGIHandler()
    known = {
        "public_id": [camera.public_id for camera in city],
        "code": ["33.74.12", "33.74.12.1008"],
        "rw": ["005"],
        "rt": ["003"],
    }
    if person in {"resident", "head"}:
        assert city[0].rt is not None
        known["ronda"] = [rounds.start(city[0].rt, request.getfixturevalue(person)).pk]
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), "the document can be read"
        _try(found.ok(), known, *_identity(user))


def _identity(user: User | AnonymousUser) -> tuple[dict[str, str], dict[str, str]]:
    """Cookies and headers of somebody's browser."""
    client = Client()
    if user.pk is not None:
        client.force_login(user)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"csrftoken": _TOKEN}
    return cookies, {"X-CSRFToken": _TOKEN, "Accept-Encoding": "identity"}


def _try(operation: Any, known: dict[str, list[str]], cookies: dict[str, str], headers: dict[str, str]) -> None:
    good = operation.as_strategy()
    bad = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    @given(data=st.data())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(data: st.DataObject) -> None:
        case = data.draw(st.one_of(good, bad))
        for name in set(case.path_parameters or ()) & set(known):
            # Made-up ones are never there: mostly real ones are asked for.
            case.path_parameters[name] = data.draw(
                st.sampled_from([*known[name], *known[name], case.path_parameters[name]])
            )
        nodes.beat(
            Node("one", running=0, slots=100)
        )  # without a worker that has room wishes are refused, as they should be
        response = case.call(cookies=cookies, headers=headers)
        case.validate_response(
            response,
            checks=[
                checks.not_a_server_error,
                openapi_checks.status_code_conformance,
                openapi_checks.content_type_conformance,
                openapi_checks.response_schema_conformance,
                openapi_checks.response_headers_conformance,
            ],
        )

    ask()

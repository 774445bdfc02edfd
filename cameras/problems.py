"""Errors of the API in one form, as RFC 9457 has it: ``application/problem+json`` with

``{"type", "title", "status", "code", "detail"}``, *code* for programs, *detail* for people; ``fields`` where single fields are wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.response import Response

from . import problem_words as words

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from rest_framework.request import Request

PROBLEM_TYPE = "application/problem+json"
# Bytes; the largest thing a page sends is a reason of 200 letters.
LARGEST_BODY = 16_384


class Problem(APIException):
    """Raised by a view to answer with *status*, *code* and *detail*; *retry_after* in seconds becomes a header."""

    def __init__(self, status: int, code: str, detail: str, *, retry_after: int | None = None) -> None:
        super().__init__(detail, code)
        self.status_code = status
        if retry_after is not None:
            self.wait = retry_after  # rest_framework turns it into Retry-After


class SmallJSONParser(JSONParser):
    """JSON of a size and a depth that honest pages send."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        raw = stream.read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            raise Problem(413, *words.BY_STATUS[413])
        try:
            return super().parse(BytesIO(raw), media_type, parser_context)
        except (ParseError, RecursionError):
            raise Problem(400, *words.NO_JSON) from None


def not_found() -> Problem:
    # The same answer whether there is no such camera or it is not for this person: its existence is not told.
    return Problem(404, "not_found", _("Kamera tidak ditemukan, atau tidak dibuka untuk Anda."))


def logged_in(request: Request) -> User:
    """Who asks. Raises: Problem (401), where nobody is logged in."""
    if not request.user.is_authenticated:
        raise Problem(401, *words.BY_STATUS[401])
    return request.user


@contextmanager
def conflicts(*refusals: type[Exception], code: str = "conflict") -> Iterator[None]:
    """What a verb refuses in here is answered with 409, in its own words."""
    try:
        yield
    except refusals as why:
        raise Problem(409, code, str(why)) from None


def body(status: int, code: str, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": _(words.TITLES.get(status, "")),
        "status": status,
        "code": code,
        "detail": _(detail),
    }


def answer(status: int, code: str = "", detail: str = "") -> HttpResponse:
    """A problem outside rest_framework's views; without words of its own, those of the status."""
    code, detail = (code, detail) if code else words.BY_STATUS[status]
    return HttpResponse(json.dumps(body(status, code, detail)), status=status, content_type=PROBLEM_TYPE)


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    from rest_framework.views import exception_handler  # whose module reads the settings that name this one

    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    response.content_type = PROBLEM_TYPE
    if isinstance(error, exceptions.ValidationError):
        response.data = body(status, "invalid", _("Isian tidak benar.")) | {"fields": _fields(error.detail)}
    else:
        response.data = body(status, *_words(error, status))
    return response


def _words(error: Exception, status: int) -> tuple[str, str]:
    """(code, detail). Only our own errors speak for themselves: the framework's speak English."""
    if isinstance(error, Problem):
        return str(error.get_codes()), str(error.detail)
    if isinstance(error, exceptions.AuthenticationFailed):
        return "token", str(error.detail)  # raised by our own authentication alone
    if isinstance(error, exceptions.PermissionDenied):
        return _forbidden(str(error.detail), str(error.get_codes()))
    if isinstance(error, exceptions.NotFound):
        return words.NO_PAGE  # raised by pages of lists alone; a view of ours raises a Problem
    return words.BY_STATUS.get(status, words.BY_STATUS[400 if status < 500 else 500])


def _forbidden(detail: str, code: str) -> tuple[str, str]:
    if detail.startswith("CSRF Failed"):
        return words.CSRF
    return words.BY_STATUS[403] if code == "permission_denied" else (code, detail)


def _fields(detail: Any) -> dict[str, list[str]]:
    """Every wrong field with what is wrong; of lists in it, all entries' words together. "" is the whole."""
    if not isinstance(detail, dict):
        return {"": _texts(detail)}
    return {"" if name == "non_field_errors" else str(name): _texts(inner) for name, inner in detail.items()}


def _texts(detail: Any) -> list[str]:
    if isinstance(detail, str):
        return [_(words.of_field(detail))]
    parts = detail.values() if isinstance(detail, dict) else detail
    return list(dict.fromkeys(text for part in parts for text in _texts(part)))

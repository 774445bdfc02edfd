"""One question about a person for a whole request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .residency import asked_once


def one_standing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """However often a request asks the gate, the database is asked once what its person is."""

    def answer(request: HttpRequest) -> HttpResponse:
        with asked_once():
            return get_response(request)

    return answer

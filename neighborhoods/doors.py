"""What the doors of all rooms ask of a question, whose it is and which of the RTs in it they manage, and how they tell its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_http_methods

from .managing import appointing_rts, managed_rts
from .models import RT
from .residency import standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from rest_framework.request import Request

# Of pages that do something. Whoever had to log in on the way comes back with GET, and is led to the page.
acts = require_http_methods(["GET", "POST"])


def person(request: HttpRequest | Request) -> User:
    """Who asks, where nobody is let through who is not logged in."""
    return cast("User", request.user)


def managed(request: HttpRequest) -> QuerySet[RT]:
    return _named(managed_rts(standing_of(request.user)))


def managed_rt(request: HttpRequest, pk: int) -> RT:
    """Raises: Http404, where there is none or this person does not manage it."""
    return _one(managed(request), pk)


def appointing_rt(request: HttpRequest, pk: int) -> RT:
    """Raises: Http404, where there is none or this person may not appoint its head."""
    return _one(_named(appointing_rts(standing_of(request.user))), pk)


@contextmanager
def outcome(request: HttpRequest, *refusals: type[Exception], done: str) -> Iterator[None]:
    """Says *done* on the next page, or what a verb in here refused with, in its own words."""
    try:
        yield
    except refusals as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)


def _named(rts: QuerySet[RT]) -> QuerySet[RT]:
    return rts.select_related("rw__kelurahan__kecamatan").defer(
        "rw__kelurahan__boundary", "rw__kelurahan__kecamatan__boundary"
    )


def _one(rts: QuerySet[RT], pk: int) -> RT:
    found = rts.filter(pk=pk).first()
    if found is None:
        raise Http404("RT")
    return found

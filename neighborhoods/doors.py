"""What the doors of all rooms ask of a question, whose it is and which of the RTs in it they manage, and how they tell its outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .managing import appointing_rts, managed_rts
from .models import RT
from .residency import standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from rest_framework.request import Request

View = Callable[..., HttpResponseBase]


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


def posted(view: View) -> View:
    """Of pages that only do something: POST, by somebody who is logged in. Whoever has to log in first (again) comes back to the page
    that they did it from, since what they posted is gone and its address alone is no page.
    """

    @require_POST
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (
            view(request, *args, **kwargs)
            if request.user.is_authenticated
            else redirect_to_login(_page_before(request))
        )

    return inner


@contextmanager
def outcome(request: HttpRequest, *refusals: type[Exception], done: str) -> Iterator[None]:
    """Says *done* on the next page, or what a verb in here refused with, in its own words."""
    try:
        yield
    except refusals as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)


def _page_before(request: HttpRequest) -> str:
    """Path and query of the page of ours that sent this, "/" where the browser does not say."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    page = urlsplit(said)
    return f"/{page.path.lstrip('/')}" + (f"?{page.query}" if page.query else "")


def _named(rts: QuerySet[RT]) -> QuerySet[RT]:
    return rts.select_related("rw__kelurahan__kecamatan").defer(
        "rw__kelurahan__boundary", "rw__kelurahan__kecamatan__boundary"
    )


def _one(rts: QuerySet[RT], pk: int) -> RT:
    found = rts.filter(pk=pk).first()
    if found is None:
        raise Http404("RT")
    return found

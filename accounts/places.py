"""The RTs of whoever asks: found, or not there at all for somebody who does not manage them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from neighborhoods.managing import appointing_rts, managed_rts
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def me(request: HttpRequest) -> User:
    """The person of a page that asked to log in."""
    return cast("User", request.user)


def managed(request: HttpRequest) -> QuerySet[RT]:
    return _named(managed_rts(standing_of(request.user)))


def managed_rt(request: HttpRequest, pk: int) -> RT:
    """Raises: Http404, where there is none or this person does not manage it."""
    return _one(managed(request), pk)


def appointing_rt(request: HttpRequest, pk: int) -> RT:
    """Raises: Http404, where there is none or this person may not appoint its head."""
    return _one(_named(appointing_rts(standing_of(request.user))), pk)


def _named(rts: QuerySet[RT]) -> QuerySet[RT]:
    return rts.select_related("rw__kelurahan__kecamatan").defer(
        "rw__kelurahan__boundary", "rw__kelurahan__kecamatan__boundary"
    )


def _one(rts: QuerySet[RT], pk: int) -> RT:
    found = rts.filter(pk=pk).first()
    if found is None:
        raise Http404("RT")
    return found

"""The log of an RT's nights for those who manage it: to read, to print, and as a file for spreadsheet programs."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cameras import access
from cameras.models import Visibility
from neighborhoods.doors import managed_rt
from neighborhoods.models import RT

from .desk import period_of
from .export import as_csv
from .hours_of import tonight
from .log import log, never_seen, summary


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def book(request: HttpRequest, rt: int) -> HttpResponse:
    here, now = managed_rt(request, rt), timezone.now()
    first, last, wrong = period_of(request, tonight(now))
    rows = log(here, first, last, now=now)
    page = {
        "rt": here,
        "rows": rows,
        "summary": summary(rows),
        "never_seen": never_seen(rows, _names(request, here)),
        "first": first,
        "last": last,
        "wrong": wrong,
        "printed_at": now,
    }
    return render(request, "ronda/log.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def table(request: HttpRequest, rt: int) -> HttpResponse:
    here, now = managed_rt(request, rt), timezone.now()
    first, last, _wrong = period_of(request, tonight(now))
    answer = HttpResponse(as_csv(reversed(log(here, first, last, now=now))), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(here, first, last)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _names(request: HttpRequest, rt: RT) -> dict[int, str]:
    """Of today's cameras of the RT that somebody may look at."""
    cameras = access.manageable(request.user).filter(rt=rt).exclude(visibility=Visibility.MATI)
    return {camera.pk: camera.shown_name for camera in cameras.order_by("name")}


def _name(rt: RT, first: date, last: date) -> str:
    return f"ronda-rt{rt.number}-rw{rt.rw.number}-{first}-{last}.csv"

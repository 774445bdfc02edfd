"""The page of one round: camera by camera for whoever makes it, as it stands for those who manage the RT. The script's marks go by the
API; without it each camera is a form.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cameras import access as cameras
from cameras.events import status_of
from cameras.marks import is_marked
from incidents.models import Category
from neighborhoods.doors import person, posted

from . import access, rounds
from .desk import finding_of, own_round
from .forms import SKIPS, FindingForm
from .log import RoundRow, marks_of, row_of, with_stops
from .models import Round, Stop
from .roster import called

# What the page's script needs, so that a slow phone fetches all at once and not one after the other.
_MODULES = tuple(
    f"js/{name}.js"
    for name in (
        "api", "cards", "live", "mark-queue", "player", "round-stage", "size", "socket", "stills", "time", "watch-state",
        "watch-words", "words",
    )
)  # fmt: skip


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def one_round(request: HttpRequest, ronda: str) -> HttpResponse:
    here = access.readable_rounds(request.user).filter(pk=ronda).first()
    if here is None:
        raise Http404("round")
    row = row_of(with_stops(here.pk))
    mine = access.own_rounds(request.user).filter(pk=here.pk).exists()
    page: dict[str, Any] = {"round": here, "row": row, "mine": mine, "who": row.who}
    if not mine:
        return render(request, "ronda/result.html", page)
    stops = _stops(request, row)
    page |= {
        "stops": stops,
        "current": _current(stops, request.GET.get("kamera", "")),
        "done": sum(bool(one["stop"].verdict) for one in stops),
        "categories": Category.choices,
        "skips": SKIPS,
        "modules": _MODULES,
        "data": _data(here, person(request).pk, stops),
    }
    return render(request, "ronda/round.html", page)


@posted
def mark(request: HttpRequest, ronda: str) -> HttpResponse:
    here = own_round(request, ronda)
    form = FindingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Belum tercatat: catatan paling panjang 500 huruf."))
        return redirect(here)
    try:
        rounds.mark(here, finding_of(form))
    except rounds.CannotRound as problem:
        messages.error(request, str(problem))
        return redirect(f"{here.get_absolute_url()}?kamera={form.cleaned_data['camera']}")
    return redirect(here)


@posted
def finish(request: HttpRequest, ronda: str) -> HttpResponse:
    here = own_round(request, ronda)
    rounds.finish(here, reason=request.POST.get("reason", "").replace("\x00", ""))
    messages.success(request, _("Ronda selesai. Terima kasih sudah menjaga lingkungan!"))
    return redirect("ronda")


def _stops(request: HttpRequest, row: RoundRow) -> list[dict[str, Any]]:
    """Of each stop what the page shows; a camera that this person may not know of any more is its name of then alone."""
    keys = [stop.camera_id for stop in row.stops if stop.camera_id is not None]
    known = set(cameras.listed(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    open_ = set(cameras.watchable(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    others = _others(row.round)
    found = []
    for stop in row.stops:
        camera = stop.camera if stop.camera_id in known else None
        found.append(
            {
                "stop": stop,
                "camera": camera,
                "open": stop.camera_id in open_,
                "marked": camera is not None and is_marked(camera),
                "health": status_of(camera, camera.health) if camera is not None else None,
                "marks": marks_of(stop),
                "others": others.get(stop.camera_id or 0, []),
                "key": secrets.token_hex(16),
            }
        )
    return found


def _others(here: Round) -> dict[int, list[tuple[str, Stop]]]:
    """What others found on this night, by camera."""
    stops = Stop.objects.filter(round__rt=here.rt_id, round__night=here.night).exclude(round=here).exclude(verdict="")
    found: dict[int, list[tuple[str, Stop]]] = {}
    for stop in stops.select_related("round__by").order_by("-marked_at"):
        if stop.camera_id is not None:
            found.setdefault(stop.camera_id, []).append((called(stop.round.by), stop))
    return found


def _current(stops: list[dict[str, Any]], asked: str) -> str:
    """The code of the camera that is shown first; empty where all have been marked, and at the end."""
    codes = [one["camera"].public_id for one in stops if one["camera"] is not None]
    if asked in codes:
        return asked
    left = (one for one in stops if one["camera"] is not None and not one["stop"].verdict)
    return next((one["camera"].public_id for one in left), "")


def _data(here: Round, person_id: int, stops: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "round": here.pk,
        "person": person_id,
        "stops": [
            {
                "camera": one["camera"].public_id,
                "verdict": one["stop"].verdict,
                "open": one["open"],
                "health": one["health"],
            }
            for one in stops
            if one["camera"] is not None
        ],
    }

"""RT saya: a resident's home."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from cameras.switching import recent_changes, switch_of
from cameras.tallies import tally_of
from neighborhoods.doors import person
from neighborhoods.models import Residency
from neighborhoods.residency import standing_of

from . import home, saving
from .way_back import way_back

# What the page's script needs, so that a slow phone fetches all at once and not one after the other.
_MODULES = (
    "ahead", "api", "cards", "data-care", "pace", "session", "size", "socket", "stars", "stills", "time", "visibility", "words",
)  # fmt: skip


@require_safe
@login_required
@cache_control(private=True, no_store=True)
@gzip_page
def my_rt(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request.user)
    mine = home.page_of(request.user)
    changes = recent_changes(standing.headed_rts)
    page: dict[str, Any] = {
        "homes": [
            {
                "rt": one.rt,
                "headed": one.rt.pk in standing.headed_rts,
                "entries": [
                    {
                        "camera": camera,
                        "switch": switch_of(camera, changes.get(camera.pk, []), "rt-saya")
                        if camera.rt_id in standing.headed_rts
                        else None,
                    }
                    for camera in one.cameras
                ],
                "tally": tally_of(one.cameras),
            }
            for one in mine.homes
        ],
        "elsewhere": mine.elsewhere,
        "stars": mine.stars,
        "pending": _pending(request),
        "officer": standing.officer,
        "open": mine.open,
        "modules": [f"js/{name}.js" for name in _MODULES],
        "saving": saving.is_saving(request),
    }
    return render(request, "boards/my_rt.html", page)


@require_POST
def save_data(request: HttpRequest) -> HttpResponse:
    """The switch for browsers without JavaScript. Of everybody, also without an account."""
    answer = way_back(request)
    saving.choose(answer, on=request.POST.get("hemat") == "1")
    return answer


def _pending(request: HttpRequest) -> list[Residency]:
    waiting = Residency.objects.filter(user=person(request), state=Residency.State.PENDING)
    return list(waiting.select_related("rt__rw__kelurahan"))

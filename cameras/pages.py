"""The pages of the map and of the cameras. Each asks the gate, reads, and renders; none of them knows a rule."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_safe

from neighborhoods.doors import outcome, person, posted

from . import access, crumbs, visibility
from .events import status_of
from .forms import VisibilityForm
from .marks import is_marked
from .models import Camera, Status, Visibility
from .report_pages import own_reports
from .statement import statement_of
from .switching import RECENT, switch_of

# What the watch page's script needs, so that a slow phone fetches all at once and not one after the other.
_WATCH_MODULES = tuple(
    f"js/{name}.js"
    for name in (
        "api",
        "cards",
        "data-care",
        "live",
        "pace",
        "player",
        "session",
        "size",
        "socket",
        "stills",
        "time",
        "visibility",
        "watch-state",
        "watch-words",
        "words",
    )
)


@require_safe
@cache_control(private=True, no_store=True)
def camera(request: HttpRequest, public_id: str) -> HttpResponse:
    here = access.listed(request.user).filter(public_id=public_id).first()
    if here is None:
        raise Http404("camera")
    page = {
        "camera": here,
        "crumbs": crumbs.of_camera(here),
        "health": status_of(here, here.health),
        "watchable": access.may_watch(request.user, here.pk),
        "modules": _WATCH_MODULES,
        "statement": statement_of(here),
        "own_reports": own_reports(request, here),
        "marked": is_marked(here),
    }
    if not page["watchable"]:
        page["why"] = visibility.why_hidden(here)
    # Asked before the page's scripts are there. Not for H.265: only they know whether this browser plays it.
    page["early_wish"] = page["watchable"] and here.health.status != Status.OFFLINE and here.health.codec != "h265"
    page["manages"] = access.manageable(request.user).filter(pk=here.pk).exists()
    if page["manages"] or here.owner_id == (request.user.pk or 0):
        changes = list(here.visibility_changes.select_related("by")[:RECENT])
        page["switch"] = switch = switch_of(here, changes, "kamera")
        if not page["manages"]:
            switch["levels"] = visibility.levels_of_owner(here, person(request))
    return render(request, "cameras/camera.html", page)


@posted
def switch_visibility(request: HttpRequest, public_id: str) -> HttpResponse:
    """The switch for browsers without JavaScript; the others use the API, which calls the same verb."""
    here = (access.manageable(request.user) | access.owned(request.user)).filter(public_id=public_id).first()
    if here is None:
        raise Http404("camera")
    form = VisibilityForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("Pilihan belum tersimpan: pilih salah satu, dan tulis alasan paling panjang 200 huruf.")
        )
    else:
        _switch_and_say(request, here, form)
    return redirect("rt-saya") if request.POST.get("kembali") == "rt-saya" else redirect("kamera", public_id=public_id)


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def _switch_and_say(request: HttpRequest, here: Camera, form: VisibilityForm) -> None:
    wish, user = Visibility(form.cleaned_data["visibility"]), person(request)
    manages = access.manageable(user).filter(pk=here.pk).exists()
    switch = visibility.switch if manages else visibility.switch_own
    done = _("%(shown_name)s: tersimpan dan langsung berlaku. %(label)s.")
    with outcome(request, visibility.CannotSwitch, done=done % {"shown_name": here.shown_name, "label": wish.label}):
        switch(here, to=wish, by=user, reason=form.cleaned_data["reason"])

"""The pages of the map, the hierarchy and the cameras. Each asks the gate, reads, and renders; none of them knows a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST, require_safe

from neighborhoods.doors import person
from neighborhoods.models import RT, RW, Kecamatan, Kelurahan, Residency
from neighborhoods.residency import standing_of

from . import access, visibility
from .desk import manages_rt
from .events import status_of
from .forms import VisibilityForm, levels_for
from .marks import is_marked
from .models import Camera, Status, Visibility, VisibilityChange
from .report_pages import own_reports
from .statement import statement_of
from .tallies import places, sum_of, tally_of

if TYPE_CHECKING:
    pass

Crumb = tuple[str, str]
_RECENT_CHANGES = 3
# What the watch page's script needs, so that a slow phone fetches all at once and not one after the other.
_WATCH_MODULES = tuple(
    f"js/{name}.js"
    for name in (
        "api",
        "cards",
        "player",
        "size",
        "socket",
        "stills",
        "time",
        "visibility",
        "watch-state",
        "watch-words",
    )
)


@require_safe
def city_map(request: HttpRequest) -> HttpResponse:
    bounds = ",".join(str(degree) for degree in settings.CITY_BOUNDS)
    page: dict[str, Any] = {
        "bounds": bounds,
        "tiles": settings.MAP_TILES_URL,
        "tiles_credit": settings.MAP_TILES_CREDIT,
    }
    page["legend"] = [(str(status.value), str(status.label).lower()) for status in Status]
    return render(request, "cameras/map.html", page)


@require_safe
def city(request: HttpRequest) -> HttpResponse:
    below = places(
        Kecamatan.objects.filter(valid_to__isnull=True).defer("boundary"),
        access.listed(request.user),
        "kelurahan__kecamatan_id",
    )
    page = {"title": settings.CITY_NAME, "below": below, "below_title": "Kecamatan"}
    return _place_page(request, page)


@require_safe
def kecamatan(request: HttpRequest, code: str) -> HttpResponse:
    here = get_object_or_404(Kecamatan.objects.defer("boundary"), code=code)
    below = places(
        here.kelurahan.filter(valid_to__isnull=True).defer("boundary"),
        access.listed(request.user).filter(kelurahan__kecamatan=here),
        "kelurahan_id",
    )
    page = {"title": f"Kecamatan {here.name}", "below": below, "below_title": "Kelurahan", "crumbs": [_city_crumb()]}
    return _place_page(request, page)


@require_safe
def kelurahan(request: HttpRequest, code: str) -> HttpResponse:
    here = _kelurahan(code)
    cameras = access.listed(request.user).filter(kelurahan=here)
    below = places(here.rws.filter(valid_to__isnull=True).select_related("kelurahan"), cameras, "rt__rw_id")
    page = {
        "title": f"Kelurahan {here.name}",
        "below": below,
        "below_title": "Rukun warga (RW)",
        "cameras": list(cameras.filter(rt__isnull=True).order_by("name")),
        "cameras_title": "Kamera di luar RT",
        "crumbs": _kelurahan_crumbs(here)[:-1],
    }
    return _place_page(request, page)


@require_safe
def rw(request: HttpRequest, code: str, rw: str) -> HttpResponse:
    here = get_object_or_404(RW, kelurahan=_kelurahan(code), number=rw, valid_to__isnull=True)
    cameras = access.listed(request.user).filter(rt__rw=here)
    below = places(here.rts.filter(valid_to__isnull=True).select_related("rw__kelurahan"), cameras, "rt_id")
    crumbs = _kelurahan_crumbs(here.kelurahan)
    return _place_page(
        request, {"title": str(here), "below": below, "below_title": "Rukun tetangga (RT)", "crumbs": crumbs}
    )


@require_safe
def rt(request: HttpRequest, code: str, rw: str, rt: str) -> HttpResponse:
    found = RT.objects.select_related("rw__kelurahan__kecamatan").defer(
        "rw__kelurahan__boundary", "rw__kelurahan__kecamatan__boundary"
    )
    here = get_object_or_404(
        found, rw__kelurahan__code=code, rw__number=rw, number=rt, valid_to__isnull=True, rw__valid_to__isnull=True
    )
    cameras = list(access.listed(request.user).filter(rt=here).order_by("name"))
    crumbs = [*_kelurahan_crumbs(here.rw.kelurahan), (str(here.rw), here.rw.get_absolute_url())]
    page = {"title": str(here), "cameras": cameras, "cameras_title": "Kamera", "is_rt": True, "crumbs": crumbs}
    page["manages"] = here.pk if manages_rt(request.user, here.pk) else None
    return _place_page(request, page)


@require_safe
@cache_control(private=True, no_store=True)
def camera(request: HttpRequest, public_id: str) -> HttpResponse:
    here = access.listed(request.user).filter(public_id=public_id).first()
    if here is None:
        raise Http404("camera")
    page = {
        "camera": here,
        "crumbs": _camera_crumbs(here),
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
        changes = list(here.visibility_changes.select_related("by")[:_RECENT_CHANGES])
        page["switch"] = switch = _switch(here, changes, "kamera")
        if not page["manages"]:
            switch["levels"] = visibility.levels_of_owner(here, person(request))
    return render(request, "cameras/camera.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def my_rt(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request.user)
    cameras = access.listed(request.user).filter(rt__in=standing.rts).order_by("rt__rw__number", "rt__number", "name")
    changes = _recent_changes(standing.headed_rts)
    homes: dict[RT, list[dict[str, Any]]] = {
        home: [] for home in RT.objects.filter(pk__in=standing.rts).select_related("rw__kelurahan")
    }
    for one in cameras:
        assert one.rt is not None  # noqa: S101 - the query asked for cameras of these RTs
        headed = one.rt_id in standing.headed_rts
        homes[one.rt].append(
            {"camera": one, "switch": _switch(one, changes.get(one.pk, []), "rt-saya") if headed else None}
        )
    page = {
        "homes": [
            {
                "rt": home,
                "headed": home.pk in standing.headed_rts,
                "entries": entries,
                "tally": tally_of(entry["camera"] for entry in entries),
            }
            for home, entries in homes.items()
        ],
        "pending": _pending(request),
        "officer": standing.officer,
        "open": _open(request, list(cameras)),
    }
    return render(request, "cameras/my_rt.html", page)


@require_POST
@login_required
def switch_visibility(request: HttpRequest, public_id: str) -> HttpResponse:
    """The switch for browsers without JavaScript; the others use the API, which calls the same verb."""
    here = (access.manageable(request.user) | access.owned(request.user)).filter(public_id=public_id).first()
    if here is None:
        raise Http404("camera")
    form = VisibilityForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Pilihan belum tersimpan: pilih salah satu, dan tulis alasan paling panjang 200 huruf.")
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
    try:
        switch(here, to=wish, by=user, reason=form.cleaned_data["reason"])
    except visibility.CannotSwitch as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{here.name}: tersimpan dan langsung berlaku. {wish.label}.")


def _switch(here: Camera, changes: list[VisibilityChange], back_to: str) -> dict[str, Any]:
    """What the form of the switch shows."""
    return {"camera": here, "levels": levels_for(here), "changes": changes, "back_to": back_to}


def _recent_changes(headed_rts: frozenset[int]) -> dict[int, list[VisibilityChange]]:
    """The last changes of each camera in these RTs, newest first, by the camera's primary key."""
    found: dict[int, list[VisibilityChange]] = {}
    if not headed_rts:
        return found
    for change in VisibilityChange.objects.filter(camera__rt__in=headed_rts).select_related("by").order_by("-at")[:500]:
        mine = found.setdefault(change.camera_id, [])
        if len(mine) < _RECENT_CHANGES:
            mine.append(change)
    return found


def _pending(request: HttpRequest) -> list[Residency]:
    user = person(request)
    waiting = Residency.objects.filter(user=user, state=Residency.State.PENDING)
    return list(waiting.select_related("rt__rw__kelurahan"))


def _open(request: HttpRequest, cameras: list[Camera]) -> set[int]:
    """Those whose picture this person may look at now; of the others a card shows none."""
    ids = [camera.pk for camera in cameras]
    return set(access.watchable(request.user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _place_page(request: HttpRequest, page: dict[str, Any]) -> HttpResponse:
    cameras = page.get("cameras", [])
    page["open"] = _open(request, cameras)
    page["tally"] = sum_of([*(place.tally for place in page.get("below", [])), tally_of(cameras)])
    return render(request, "cameras/place.html", page)


def _kelurahan(code: str) -> Kelurahan:
    found = Kelurahan.objects.select_related("kecamatan").defer("boundary", "kecamatan__boundary")
    return get_object_or_404(found, code=code)


def _city_crumb() -> Crumb:
    return settings.CITY_NAME, reverse("wilayah")


def _kelurahan_crumbs(here: Kelurahan) -> list[Crumb]:
    return [
        _city_crumb(),
        (f"Kec. {here.kecamatan}", here.kecamatan.get_absolute_url()),
        (f"Kel. {here}", here.get_absolute_url()),
    ]


def _camera_crumbs(here: Camera) -> list[Crumb]:
    crumbs = _kelurahan_crumbs(here.kelurahan)
    if here.rt is not None:
        number = (here.kelurahan.code, here.rt.rw.number, here.rt.number)
        crumbs.append((str(here.rt), reverse("wilayah-rt", args=number)))
    return crumbs

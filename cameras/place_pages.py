"""The pages of the hierarchy: the city, a kecamatan, a kelurahan, an RW, an RT. How its cameras are, its places, its cameras.

Whatever the number of cameras, a page asks the database the same few questions, and shows a page of cameras at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from neighborhoods.models import RT, RW, Kecamatan, Kelurahan, Region

from . import access, crumbs
from .crumbs import Crumb
from .desk import manages_rt
from .models import Camera, Status
from .place_health import PlaceHealth, children, health_by, whole

# Cameras on one page of a place; of an RT, all that an RT has.
_AT_ONCE, _OF_AN_RT = 24, 200
_FILTERS = ("", Status.OFFLINE, Status.ONLINE, Status.UNKNOWN)


@dataclass
class _Here:
    """A place as its page shows it. *key* leads from a camera to the places below; *zoom*: the map's, so that it fills the screen."""

    title: str
    cameras: QuerySet[Camera]
    key: str
    zoom: int
    crumbs: list[Crumb] = field(default_factory=list)
    below: Iterable[Region | RW | RT] = ()
    below_title: str = ""
    point: tuple[float | None, float | None] = (None, None)
    wall: str = ""
    rt: RT | None = None


@require_safe
def city(request: HttpRequest) -> HttpResponse:
    west, south, east, north = settings.CITY_BOUNDS
    here = _Here(
        settings.CITY_NAME,
        access.listed(request.user),
        "kelurahan__kecamatan_id",
        zoom=12,
        below=Kecamatan.objects.filter(valid_to__isnull=True).defer("boundary"),
        below_title=_("Kecamatan"),
        point=((south + north) / 2, (west + east) / 2),
    )
    return _page(request, here)


@require_safe
def kecamatan(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Kecamatan.objects.defer("boundary"), code=code)
    here = _Here(
        f"Kecamatan {place.name}",
        access.listed(request.user).filter(kelurahan__kecamatan=place),
        "kelurahan_id",
        zoom=13,
        crumbs=[crumbs.of_city()],
        below=place.kelurahan.filter(valid_to__isnull=True).defer("boundary"),
        below_title=_("Kelurahan"),
        point=(place.latitude, place.longitude),
    )
    return _page(request, here)


@require_safe
def kelurahan(request: HttpRequest, code: str) -> HttpResponse:
    place = _kelurahan(code)
    here = _Here(
        f"Kelurahan {place.name}",
        access.listed(request.user).filter(kelurahan=place),
        "rt__rw_id",
        zoom=15,
        crumbs=crumbs.of_kelurahan(place)[:-1],
        below=place.rws.filter(valid_to__isnull=True).select_related("kelurahan").defer("kelurahan__boundary"),
        below_title=_("Rukun warga (RW)"),
        point=(place.latitude, place.longitude),
    )
    return _page(request, here)


@require_safe
def rw(request: HttpRequest, code: str, rw: str) -> HttpResponse:
    place = get_object_or_404(RW, kelurahan=(above := _kelurahan(code)), number=rw, valid_to__isnull=True)
    here = _Here(
        str(place),
        access.listed(request.user).filter(rt__rw=place),
        "rt_id",
        zoom=17,
        crumbs=crumbs.of_kelurahan(above),
        below=place.rts.filter(valid_to__isnull=True).select_related("rw__kelurahan").defer("rw__kelurahan__boundary"),
        below_title=_("Rukun tetangga (RT)"),
        wall=f"rw-{place.pk}",
    )
    return _page(request, here)


@require_safe
def rt(request: HttpRequest, code: str, rw: str, rt: str) -> HttpResponse:
    found = RT.objects.select_related("rw__kelurahan__kecamatan").defer(
        "rw__kelurahan__boundary", "rw__kelurahan__kecamatan__boundary"
    )
    place = get_object_or_404(
        found, rw__kelurahan__code=code, rw__number=rw, number=rt, valid_to__isnull=True, rw__valid_to__isnull=True
    )
    here = _Here(
        str(place),
        access.listed(request.user).filter(rt=place),
        "rt_id",
        zoom=18,
        crumbs=[*crumbs.of_kelurahan(place.rw.kelurahan), (str(place.rw), place.rw.get_absolute_url())],
        wall=f"rt-{place.pk}",
        rt=place,
    )
    return _page(request, here)


def _page(request: HttpRequest, here: _Here) -> HttpResponse:
    found = health_by(here.cameras, here.key)
    health = whole(found.values())
    page: dict[str, Any] = {
        "title": here.title,
        "crumbs": here.crumbs,
        "health": health,
        "below": children(here.below, found),
        "below_title": here.below_title,
        "map": _map_address(here, health),
        "wall": here.wall if request.user.is_authenticated and health.total else "",
        "is_rt": here.rt is not None,
        "manages": here.rt.pk if here.rt is not None and manages_rt(request.user, here.rt.pk) else None,
        **_cameras(request, here, health),
    }
    return render(request, "cameras/place.html", page)


def _cameras(request: HttpRequest, here: _Here, health: PlaceHealth) -> dict[str, Any]:
    """One page of the cameras, all or those of one status, and the addresses of the other pages."""
    status = request.GET.get("keadaan", "")
    status = status if status in _FILTERS else ""
    counts = {"": health.total, **{str(one): int(getattr(health, one)) for one in Status.values}}
    size = _OF_AN_RT if here.rt is not None else _AT_ONCE
    pages = max(1, -(-counts[status] // size))
    number = request.GET.get("hal", "")
    now = min(pages, max(1, int(number))) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    wanted = here.cameras.filter(health__status=status) if status else here.cameras
    # Only what is sorted at first: the rest is fetched for those on the page.
    order = ("name", "pk") if here.rt is not None else ("kelurahan_id", "rt_id", "name", "pk")
    keys = list(wanted.order_by(*order).values_list("pk", flat=True)[(now - 1) * size : now * size])
    rows = access.listed(request.user).in_bulk(keys)
    cameras = [rows[key] for key in keys if key in rows]
    labels = {"": _("Semua"), **{str(one.value): str(one.label) for one in Status}}
    return {
        "cameras": cameras,
        "open": access.open_among(request.user, cameras),
        "status": status,
        "filters": [(str(one), labels[one], counts[one]) for one in _FILTERS if not one or counts[one]],
        "page": now,
        "pages": pages,
    }


def _map_address(here: _Here, health: PlaceHealth) -> str:
    """The map with this place in its middle."""
    latitude, longitude = here.point
    if latitude is None or longitude is None:
        if health.point is None:
            return ""
        latitude, longitude = health.point
    return f"{reverse('peta')}#peta={here.zoom}/{latitude:.5f}/{longitude:.5f}"


def _kelurahan(code: str) -> Kelurahan:
    found = Kelurahan.objects.select_related("kecamatan").defer("boundary", "kecamatan__boundary")
    return get_object_or_404(found, code=code)

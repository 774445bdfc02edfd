"""Appointing: the head of an RT, a Ketua RW, a lurah, a camat, each by whoever may."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from neighborhoods.appointing import CannotAppoint, Place, appoint, holder_of, make_head
from neighborhoods.doors import appointing_rt, managed, outcome, person
from neighborhoods.managing import may_appoint
from neighborhoods.models import RW, Kecamatan, Kelurahan, Residency
from neighborhoods.residency import standing_of

from .forms import AppointForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def head(request: HttpRequest, rt: int) -> HttpResponse:
    """Who is to head the RT from now on, chosen among its residents."""
    here = appointing_rt(request, rt)
    active = Residency.objects.active().filter(rt=here, user__is_active=True).select_related("user")
    residents = list(active.filter(role=Residency.Role.WARGA).order_by("user__first_name", "user__username"))
    if request.method == "POST":
        chosen = next((one for one in residents if str(one.pk) == request.POST.get("warga")), None)
        return _hand_over(request, here.pk, chosen)
    now = active.filter(role=Residency.Role.KETUA).first()
    past = Residency.objects.filter(rt=here, role=Residency.Role.KETUA, state=Residency.State.ENDED)
    history = past.select_related("user", "ended_by").order_by("-until")[:10]
    manages = managed(request).filter(pk=here.pk).exists()
    page = {"rt": here, "head": now, "residents": residents, "history": history, "manages": manages}
    return render(request, "accounts/head.html", page)


def _hand_over(request: HttpRequest, rt: int, chosen: Residency | None) -> HttpResponse:
    here = appointing_rt(request, rt)
    if chosen is None:
        messages.error(request, _("Pilih satu warga RT ini."))
        return redirect("warga-ketua", rt=rt)
    try:
        make_head(here, whom=chosen.user, by=person(request))
    except CannotAppoint as problem:
        messages.error(request, str(problem))
        return redirect("warga-ketua", rt=rt)
    name = chosen.user.get_full_name() or chosen.user.get_username()
    messages.success(request, _("%(name)s sekarang Ketua %(here)s.") % {"name": name, "here": here})
    # Whoever handed the office over does not manage the RT any more.
    return redirect("rt-saya")


@require_safe
@login_required
@never_cache
def offices(request: HttpRequest) -> HttpResponse:
    """Where this person leads, or all kecamatan for an officer: the way into the places below."""
    standing = standing_of(request.user)
    kecamatan = Kecamatan.objects.filter(valid_to__isnull=True).defer("boundary")
    if not standing.officer:
        kecamatan = kecamatan.filter(pk__in=standing.led_kecamatan)
    kelurahan = Kelurahan.objects.filter(pk__in=standing.led_kelurahan).defer("boundary")
    rws = RW.objects.filter(pk__in=standing.led_rws).select_related("kelurahan").defer("kelurahan__boundary")
    places = [(_("Kecamatan %(one)s") % {"one": one}, reverse("pengurus", args=[one.code])) for one in kecamatan]
    places += [(_("Kelurahan %(one)s") % {"one": one}, reverse("pengurus", args=[one.code])) for one in kelurahan]
    places += [
        (f"{one}, {one.kelurahan}", reverse("pengurus-rw", args=[one.kelurahan.code, one.number])) for one in rws
    ]
    if not places:
        raise Http404("places")
    return render(request, "accounts/offices.html", {"places": places})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def office(request: HttpRequest, code: str, rw: str = "") -> HttpResponse:
    """Who is Ketua RW, lurah or camat of a place, and the places within it."""
    place = _place(code, rw)
    if not may_appoint(standing_of(request.user), place) and not _leads_over(request, place):
        raise Http404("place")
    may = may_appoint(standing_of(request.user), place)
    form = AppointForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        return _appoint(request, place, form)
    page: dict[str, object] = {"place": place, "holder": holder_of(place), "form": form, "may": may}
    page |= {"title": _title(place), "below": _below(place)}
    return render(request, "accounts/office.html", page)


def _appoint(request: HttpRequest, place: Place, form: AppointForm) -> HttpResponse:
    with outcome(request, CannotAppoint, done=f"{_title(place)}: {form.cleaned_data['username'].get_username()}."):
        appoint(place, whom=form.cleaned_data["username"], by=person(request))
    return redirect(request.path)


def _place(code: str, rw: str) -> Place:
    if rw:
        found = RW.objects.filter(kelurahan__code=code, number=rw, valid_to__isnull=True)
        place: Place | None = found.select_related("kelurahan").defer("kelurahan__boundary").first()
    else:
        records = Kelurahan if len(code) > len("33.74.12") else Kecamatan
        place = records.objects.filter(code=code, valid_to__isnull=True).defer("boundary").first()
    if place is None:
        raise Http404("place")
    return place


def _leads_over(request: HttpRequest, place: Place) -> bool:
    """Who leads a place may look at who holds the offices within it."""
    standing = standing_of(request.user)
    if isinstance(place, RW):
        return place.pk in standing.led_rws
    if isinstance(place, Kelurahan):
        return place.pk in standing.led_kelurahan or place.kecamatan_id in standing.led_kecamatan
    return place.pk in standing.led_kecamatan


def _title(place: Place) -> str:
    if isinstance(place, RW):
        return _("Ketua %(place)s %(kelurahan)s") % {"place": place, "kelurahan": place.kelurahan}
    return f"{'Lurah' if isinstance(place, Kelurahan) else 'Camat'} {place}"


def _below(place: Place) -> list[tuple[str, str, tuple[object, ...]]]:
    """What is within *place*: words, the name of the page, and its arguments."""
    if isinstance(place, Kecamatan):
        return [(_("Kelurahan %(one)s") % {"one": one}, "pengurus", (one.code,)) for one in _valid(place.kelurahan)]
    if isinstance(place, Kelurahan):
        return [(str(one), "pengurus-rw", (place.code, one.number)) for one in _valid(place.rws)]
    return [(str(one), "warga-ketua", (one.pk,)) for one in _valid(place.rts).select_related("rw")]


def _valid(places: Any) -> Any:
    return places.filter(valid_to__isnull=True)

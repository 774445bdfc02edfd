"""The pages of reports: to make one, to read them, to say what became of one. They work without JavaScript."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from alerts.audience import own_rts
from cameras import access
from cameras.base_map import base_map
from cameras.marks import is_marked
from cameras.models import Camera
from neighborhoods.doors import outcome, person, posted
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from . import concerned, handling, moments, reporting
from .forms import FilterForm, ReportForm, StepForm
from .handling import Step, Turn
from .models import RUNNING, Category, Incident, State

_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def make(request: HttpRequest) -> HttpResponse:
    """``?kamera=<id>`` or ``?rt=<pk>`` says where; ``?kembali=/…`` where to go on afterwards."""
    me, camera = person(request), _camera(request)
    rts = list(own_rts(standing_of(me)))
    rt = camera.rt if camera is not None else _one_of(rts, request)
    if request.method == "POST":
        form = ReportForm(request.POST)
        made = _report(request, form, camera, rt)
        if made is not None:
            messages.success(request, _("Terima kasih. Laporan Anda sudah sampai."))
            return redirect(_back(request) or made.get_absolute_url())
    page: dict[str, Any] = {
        "camera": camera,
        "rts": rts,
        "rt": rt,
        "categories": Category.choices,
        "given": request.POST,
        "category": request.POST.get("category") or request.GET.get("jenis", ""),
        "key": request.POST.get("key") or str(uuid.uuid4()),
        "back": _back(request),
        "most": reporting.MOST_WORDS,
        "map": base_map() if camera is None else None,
    }
    if camera is not None and access.may_watch(me, camera.pk):
        before = moments.held(request.POST.get("moment", ""), me.pk)
        page["moment"] = before or moments.hold(camera, me.pk)
        page["marked"] = is_marked(camera)
    return render(request, "incidents/report.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def held_picture(request: HttpRequest, moment: str) -> HttpResponse:
    """The still that is held for this person's report; what came of its camera meanwhile is asked again."""
    found = moments.held(moment, person(request).pk)
    if (
        found is None
        or not access.watchable(request.user).filter(pk=found.camera_id, access_epoch=found.epoch).exists()
    ):
        raise Http404("moment")
    return _jpeg(found.data)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def incidents(request: HttpRequest) -> HttpResponse:
    """What this person may know of, newest first."""
    standing = standing_of(request.user)
    rows = _filtered(concerned.known_to(standing), request)
    here = Paginator(rows, _A_PAGE).get_page(request.GET.get("halaman"))
    shown = [one.pk for one in here]
    page = {
        "page": here,
        "full": set(concerned.read_by(standing).filter(pk__in=shown).values_list("pk", flat=True)),
        "states": [("berjalan", _("Belum selesai")), *State.choices],
        "categories": Category.choices,
        "state": request.GET.get("keadaan", ""),
        "category": request.GET.get("jenis", ""),
        "may_report": bool(standing.rts),
    }
    return render(request, "incidents/list.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def incident(request: HttpRequest, public_id: str) -> HttpResponse:
    """All of it for those who have to do with it; for others of the RT that it is there, and how it stands."""
    here = _known(request, public_id)
    page: dict[str, Any] = {"incident": here, "full": _reads(request, here)}
    if page["full"]:
        page["steps"] = list(here.steps.select_related("by"))
        page["may"] = {step.name.lower() for step in handling.steps_for(here, person(request))}
        page["picture"] = getattr(here, "picture", None)
        page["camera"] = access.listed(request.user).filter(pk=here.camera_id or 0).first()
    return render(request, "incidents/incident.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    here = _known(request, public_id)
    kept = getattr(here, "picture", None)
    if kept is None or not _reads(request, here):
        raise Http404("picture")
    return _jpeg(bytes(kept.data))


@posted
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    here = _known(request, public_id)
    if not _reads(request, here):
        raise Http404("incident")
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Langkah ini tidak dikenal, atau alasannya terlalu panjang."))
        return redirect(here)
    given = form.cleaned_data
    with outcome(request, handling.CannotTurn, done=_("Tersimpan. Yang terkait diberi tahu.")):
        handling.turn(here, Turn(Step(given["step"]), given["reason"], given["seen"]), by=person(request))
    return redirect(here)


def _report(request: HttpRequest, form: ReportForm, camera: Camera | None, rt: RT | None) -> Incident | None:
    if not form.is_valid():
        messages.error(request, _("Laporan belum terkirim: pilih jenisnya, dan tulis apa yang terjadi."))
        return None
    given = form.cleaned_data
    wish = reporting.Wish(
        category=given["category"],
        words=given["words"],
        camera=camera,
        place=given["place"],
        latitude=given["latitude"],
        longitude=given["longitude"],
        with_picture=given["picture"],
        moment=given["moment"],
        key=given["key"],
    )
    try:
        return reporting.report(person(request), rt, wish)
    except reporting.CannotReport as why:
        messages.error(request, str(why))
        return None


def _camera(request: HttpRequest) -> Camera | None:
    """The camera that the address names. Raises: Http404, where this person may not know of it."""
    public_id = request.GET.get("kamera", "")
    if not public_id:
        return None
    found = access.listed(request.user).filter(public_id=public_id[:16].replace("\x00", "")).first()
    if found is None:
        raise Http404("camera")
    return found


def _one_of(rts: list[RT], request: HttpRequest) -> RT | None:
    """The RT that was chosen, or the only one."""
    chosen = request.POST.get("rt") or request.GET.get("rt", "")
    return next((one for one in rts if str(one.pk) == chosen), rts[0] if len(rts) == 1 else None)


def _back(request: HttpRequest) -> str:
    address = request.POST.get("kembali") or request.GET.get("kembali", "")
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and address.startswith("/") else ""


def _filtered(rows: QuerySet[Incident], request: HttpRequest) -> QuerySet[Incident]:
    form = FilterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    if wanted.get("keadaan") == "berjalan":
        rows = rows.filter(state__in=RUNNING)
    elif wanted.get("keadaan"):
        rows = rows.filter(state=wanted["keadaan"])
    return rows.filter(category=wanted["jenis"]) if wanted.get("jenis") else rows


def _known(request: HttpRequest, public_id: str) -> Incident:
    found = concerned.known_to(standing_of(request.user)).filter(public_id=public_id).first()
    if found is None:
        raise Http404("incident")
    return found


def _reads(request: HttpRequest, here: Incident) -> bool:
    return concerned.read_by(standing_of(request.user)).filter(pk=here.pk).exists()


def _jpeg(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="image/jpeg")

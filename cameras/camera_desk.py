"""The page from which one camera is managed: its view is looked at and confirmed, reports are answered, timetables made."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from neighborhoods.doors import person, posted

from . import access, confirming, reports, timetables
from .desk import add_timetable, history, managed_camera, timetable_page
from .forms import levels_for
from .hours import span_at
from .models import Need

_NEWEST = 50


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def camera_desk(request: HttpRequest, public_id: str) -> HttpResponse:
    here = managed_camera(request, public_id)
    rows = timetables.of_camera(here)
    now = timezone.localtime()
    page = {
        "camera": here,
        "open": {here.pk} if access.may_watch(request.user, here.pk) else set(),
        "asks": confirming.asks_of(here),
        "asked": confirming.newest_ask(here),
        "reports": list(here.privacy_reports.select_related("answered_by")[:_NEWEST]),
        "timetables": timetable_page(
            rows.select_related("rt__rw", "camera", "made_by"),
            levels_for(here),
            reverse("kelola-kamera-jadwal", args=[here.public_id]),
        ),
        "in_hours": next((row for row in rows if span_at(row.hours, now)), None),
        "changes": history(here.visibility_changes.all()),
        "events": list(here.view_events.select_related("by")[:_NEWEST]),
    }
    return render(request, "cameras/camera_desk.html", page)


@posted
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    here = managed_camera(request, public_id)
    asked = request.POST.get("asked", "")
    if request.POST.get("looked") != "1" or not asked.isdecimal():
        messages.error(request, _("Lihat dulu gambarnya, lalu centang bahwa Anda sudah melihatnya."))
        return redirect("kelola-kamera", public_id=public_id)
    try:
        if confirming.confirm(here.pk, by=person(request), asked=int(asked[:18])):
            messages.success(request, _("Terima kasih. Kamera ini kembali seperti pengaturannya."))
    except confirming.CannotConfirm as problem:
        messages.error(request, str(problem))
    return redirect("kelola-kamera", public_id=public_id)


@posted
def doubt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody who manages the camera has moved it, and says so before others see what it shows now."""
    here = managed_camera(request, public_id)
    if confirming.ask(here.pk, Need.MOVED, by=person(request)):
        messages.success(request, _("Kamera ditutup bagi warga sampai pandangannya Anda lihat dan konfirmasi."))
    return redirect("kelola-kamera", public_id=public_id)


@posted
def answer(request: HttpRequest, public_id: str, report: int) -> HttpResponse:
    here = managed_camera(request, public_id)
    made = here.privacy_reports.filter(pk=report).first()
    if made is None:
        raise Http404("report")
    text = request.POST.get("answer", "").strip()
    if not 3 <= len(text) <= 500:
        messages.error(request, _("Tulis jawaban, paling panjang 500 huruf."))
    elif reports.answer(made, text=text, by=person(request)):
        messages.success(request, _("Jawaban tersimpan."))
    return redirect("kelola-kamera", public_id=public_id)


@posted
def make_timetable(request: HttpRequest, public_id: str) -> HttpResponse:
    add_timetable(request, managed_camera(request, public_id))
    return redirect("kelola-kamera", public_id=public_id)


@posted
def end_timetable(request: HttpRequest, timetable: int) -> HttpResponse:
    row = timetables.managed_by(request.user).select_related("camera").filter(pk=timetable).first()
    if row is None:
        raise Http404("timetable")
    if timetables.end(row, by=person(request)):
        messages.success(request, _("Jadwal diakhiri."))
    if row.camera is not None:
        return redirect("kelola-kamera", public_id=row.camera.public_id)
    return redirect("kelola-rt", rt=row.rt_id)

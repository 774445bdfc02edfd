"""A report that a view violates privacy, from a camera's page; works without JavaScript and without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import access, reports
from .models import Camera
from .view_records import PrivacyReport

LEAST, MOST = 5, 500
# Under this name a browser's session keeps which reports it made, so that their answers are shown there and to nobody else.
_OWN = "laporan-privasi"


@require_POST
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    here = access.listed(request.user).filter(public_id=public_id).first()
    if here is None:
        raise Http404("camera")
    reason = request.POST.get("reason", "").strip()
    if not LEAST <= len(reason) <= MOST:
        messages.error(request, _("Laporan belum terkirim: tulis apa yang tampak, paling panjang 500 huruf."))
        return redirect("kamera", public_id=public_id)
    reporter = reports.reporter_of(request.user, str(request.META.get("REMOTE_ADDR", "")))
    try:
        made = reports.report(here, reporter=reporter, reason=reason)
    except reports.TooManyReports as problem:
        messages.error(request, str(problem))
    else:
        if made.account_id is None:
            request.session[_OWN] = [*request.session.get(_OWN, []), made.pk][-20:]
        messages.success(request, _("Terima kasih. Laporan Anda tercatat dan dibaca Ketua RT atau petugas."))
    still_there = access.listed(request.user).filter(pk=here.pk).exists()
    return redirect("kamera", public_id=public_id) if still_there else redirect("peta")


def own_reports(request: HttpRequest, camera: Camera) -> list[PrivacyReport]:
    """What this person reported of this camera, with the answers; no query for somebody who reported nothing without an account."""
    if request.user.is_authenticated:
        return list(camera.privacy_reports.filter(account=request.user.pk)[:5])
    ids = request.session.get(_OWN, [])
    return list(camera.privacy_reports.filter(pk__in=ids, account__isnull=True)[:5]) if ids else []

"""What the doors of this room share: whom they let in, and how findings are read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from incidents.models import Category
from neighborhoods.models import RT

from . import access
from .forms import DEAD, OTHER, SKIPS, FindingForm, PeriodForm
from .log import MOST_NIGHTS
from .models import Round, Verdict
from .rounds import Finding

# Nights that the log shows where nobody asked for others.
_SHOWN = 14


def home_rt(request: HttpRequest, pk: int) -> RT:
    """Raises: Http404, also for those who manage the RT without belonging to it."""
    found = access.home_rts(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("RT")
    return found


def own_round(request: HttpRequest, pk: str) -> Round:
    """Raises: Http404."""
    found = access.own_rounds(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("round")
    return found


def finding_of(form: FindingForm) -> Finding:
    """What a valid form found."""
    data = form.cleaned_data
    camera, key, note = data["camera"], data["key"], data["note"]
    if data["lapor"]:
        return Finding(camera, Verdict.REPORTED, key, note=note, category=Category(data["lapor"]))
    if data["lewat"] == DEAD:
        return Finding(camera, Verdict.DEAD, key, note=note)
    if data["lewat"]:
        return Finding(camera, Verdict.SKIPPED, key, note=skip_note(data["lewat"], note))
    return Finding(camera, Verdict.SAFE, key, note=note)


def finding_sent(data: dict[str, Any]) -> Finding:
    """The same from what the API checked."""
    verdict, note = Verdict(data["verdict"]), data["note"]
    return Finding(
        data["camera"],
        verdict,
        data["key"],
        note=skip_note(data["why"], note) if verdict == Verdict.SKIPPED else note,
        category=Category(data["category"]),
        seconds_ago=data["seconds_ago"],
    )


def skip_note(why: str, note: str) -> str:
    """Why a camera was passed over, as it is kept: ``Terlalu gelap. Lampu jalan padam``."""
    with translation.override("id"):  # others read it
        label = "" if why in {"", OTHER} else str(dict(SKIPS)[why])
    return ". ".join(part for part in (label, note.strip()) if part)


def period_of(request: HttpRequest, today: date) -> tuple[date, date, str]:
    """The first and last night that the address asks for, and what is wrong with it, for people."""
    form = PeriodForm(request.GET)
    usual = today - timedelta(days=_SHOWN - 1), today
    if not form.is_valid():
        return *usual, _("Tulis kedua tanggalnya.")
    last = form.cleaned_data["last"] or today
    first = form.cleaned_data["first"] or last - timedelta(days=_SHOWN - 1)
    if first > last:
        return *usual, _("Tanggal akhir harus sesudah tanggal awal.")
    if (last - first).days >= MOST_NIGHTS:
        return *usual, _("Paling banyak %(n)s malam sekaligus.") % {"n": MOST_NIGHTS}
    return first, last, ""

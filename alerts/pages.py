"""The pages of the kentongan: to sound it, to answer it, to end it, and what was. They work without JavaScript."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from neighborhoods.doors import managed_rt, outcome, person, posted
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from . import answering, audience, muting, ringing
from .forms import EndForm, MuteForm, RingForm
from .models import Alarm, Ending, Kind, Mute, State, What
from .subscribing import public_key

_A_PAGE = 20


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def own_kentongan(request: HttpRequest) -> HttpResponse:
    """One's RT, or the choice where they are several."""
    rts = list(audience.own_rts(standing_of(request.user)))
    if len(rts) == 1:
        return redirect("kentongan", rt=rts[0].pk)
    return render(request, "alerts/choose.html", {"rts": rts})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def kentongan(request: HttpRequest, rt: int) -> HttpResponse:
    """The button of one RT, and what it was sounded for. A POST without *sure* asks once more."""
    here = _seen_rt(request, rt)
    if request.method == "POST":
        return _ring(request, here)
    me, standing, now = person(request), standing_of(request.user), timezone.now()
    rows = Alarm.objects.filter(rt=here).select_related("caller", "rt__rw").prefetch_related("steps__by")
    manages = audience.may_manage(standing, here.pk)
    page: dict[str, Any] = {
        "rt": here,
        "own": here.pk in standing.rts,
        "manages": manages,
        "kinds": Kind.choices,
        "running": list(rows.exclude(state=State.ENDED)),
        "past": Paginator(rows.filter(state=State.ENDED), _A_PAGE).get_page(request.GET.get("halaman")),
        "mute": muting.muted(me.pk, here.pk, now),
        "key": str(uuid.uuid4()),
        "push_key": public_key(),
    }
    if manages:
        page["members"] = audience.members_of(here.pk).exclude(pk=me.pk)
        page["mutes"] = list(muting.running(here.pk, now).select_related("person", "by"))
    return render(request, "alerts/kentongan.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def alarm(request: HttpRequest, alarm: int) -> HttpResponse:
    here = _seen_alarm(request, alarm)
    standing = standing_of(request.user)
    steps = list(here.steps.select_related("by"))
    coming = [step for step in steps if step.what == What.COMING]
    mine = here.caller_id == request.user.pk
    page = {
        "alarm": here,
        "steps": steps,
        "coming": coming,
        "over": here.state == State.ENDED,
        "may_come": not mine and here.rt_id in standing.rts and all(one.by_id != request.user.pk for one in coming),
        "may_end": mine or audience.may_manage(standing, here.rt_id),
        "endings": [(one.value, one.label) for one in (Ending.SAFE, Ending.FALSE)],
    }
    return render(request, "alerts/alarm.html", page)


@posted
def come(request: HttpRequest, alarm: int) -> HttpResponse:
    here = _seen_alarm(request, alarm)
    with outcome(
        request, answering.CannotTurn, done=_("Tetangga Anda tahu bahwa Anda datang. Hati-hati, jangan sendirian.")
    ):
        answering.come(here, by=person(request))
    return redirect(here)


@posted
def end(request: HttpRequest, alarm: int) -> HttpResponse:
    here = _seen_alarm(request, alarm)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih: sudah aman, atau alarm keliru."))
        return redirect(here)
    with outcome(request, answering.CannotTurn, done=_("Kentongan selesai. Semua yang mendengar diberi tahu.")):
        answering.end(
            here, by=person(request), ending=Ending(form.cleaned_data["ending"]), words=form.cleaned_data["words"]
        )
    return redirect(here)


@posted
def mute(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    form = MuteForm(request.POST)
    whom = audience.members_of(here.pk).filter(pk=form.cleaned_data["person"]).first() if form.is_valid() else None
    if whom is None:
        messages.error(request, _("Pilih warganya, lamanya, dan tulis alasannya."))
        return redirect("kentongan", rt=here.pk)
    with outcome(request, muting.CannotMute, done=_("Tersimpan. Yang bersangkutan membaca alasannya.")):
        muting.mute(here, whom, by=person(request), days=form.cleaned_data["days"], reason=form.cleaned_data["reason"])
    return redirect("kentongan", rt=here.pk)


@posted
def lift(request: HttpRequest, rt: int, mute: int) -> HttpResponse:
    here = managed_rt(request, rt)
    row = Mute.objects.filter(pk=mute, rt=here).first()
    if row is None:
        raise Http404("mute")
    if muting.lift(row, by=person(request)):
        messages.success(request, _("Dicabut."))
    return redirect("kentongan", rt=here.pk)


def _ring(request: HttpRequest, here: RT) -> HttpResponse:
    form = RingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih dulu bahayanya. Keterangan paling panjang 140 huruf."))
        return redirect("kentongan", rt=here.pk)
    given = form.cleaned_data
    if not given["sure"]:
        return render(request, "alerts/confirm.html", {"rt": here, "kind": Kind(given["kind"]), "given": given})
    try:
        made = ringing.ring(here, ringing.Call(Kind(given["kind"]), given["note"], given["key"]), by=person(request))
    except ringing.CannotRing as why:
        messages.error(request, str(why))
        return redirect("kentongan", rt=here.pk)
    return redirect(made)


def _seen_rt(request: HttpRequest, pk: int) -> RT:
    found = audience.seen_rts(standing_of(request.user)).filter(pk=pk).first()
    if found is None:
        raise Http404("RT")
    return found


def _seen_alarm(request: HttpRequest, pk: int) -> Alarm:
    rows = Alarm.objects.select_related("rt__rw__kelurahan", "caller").defer("rt__rw__kelurahan__boundary")
    found = rows.filter(pk=pk, rt__in=audience.seen_rts(standing_of(request.user))).first()
    if found is None:
        raise Http404("alarm")
    return found

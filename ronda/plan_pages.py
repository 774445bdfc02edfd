"""The pages from which the head of an RT plans its nights."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from neighborhoods.doors import managed_rt, outcome, person, posted

from . import planning
from .changing import CannotPlan
from .forms import HoursForm, NightForm, WeeklyForm
from .hours_of import hours_book, next_night, tonight
from .models import WeeklyDuty
from .night_words import weekday_words
from .roster import AHEAD, called, groups, open_swaps, plans, residents
from .swapping import words_of


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def plan(request: HttpRequest, rt: int) -> HttpResponse:
    here, now = managed_rt(request, rt), timezone.now()
    night = tonight(now)
    week = groups(here, night)
    # From tomorrow: hours that were set for later are those that the form shows.
    hours = hours_book([here.pk]).on(here.pk, next_night(here, now))
    page: dict[str, Any] = {
        "rt": here,
        "hours": hours,
        "groups": [
            {"day": day, "name": weekday_words(day), "duties": [(duty, called(duty.person)) for duty in week[day]]}
            for day in range(1, 8)
        ],
        "days": [(day, weekday_words(day)) for day in range(1, 8)],
        "ahead": plans(here, night, night + AHEAD, now=now),
        "people": [(one.pk, called(one)) for one in residents(here)],
        "swaps": [(called(one.asker), words_of(one)) for one in open_swaps([here.pk], since=night)],
        "night": night,
    }
    return render(request, "ronda/plan.html", page)


@posted
def set_hours(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    form = HoursForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Belum tersimpan: tulis jam seperti 22:00."))
    else:
        with outcome(request, CannotPlan, done=_("Jam ronda tersimpan.")):
            planning.set_hours(here, by=person(request), **form.cleaned_data)
    return redirect("ronda-jadwal", rt=here.pk)


@posted
def add_weekly(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    form = WeeklyForm(here, request.POST)
    if not form.is_valid():
        messages.error(request, _("Belum tersimpan: pilih warganya, dan paling sedikit satu hari."))
    else:
        whom = form.cleaned_data["person"]
        with outcome(request, CannotPlan, done=_("%(name)s masuk jadwal.") % {"name": called(whom)}):
            for day in form.cleaned_data["days"]:
                planning.put_weekly(here, whom, day, by=person(request))
    return redirect("ronda-jadwal", rt=here.pk)


@posted
def end_weekly(request: HttpRequest, rt: int, duty: int) -> HttpResponse:
    here = managed_rt(request, rt)
    found = WeeklyDuty.objects.filter(rt=here, pk=duty).select_related("rt", "person").first()
    if found is None:
        raise Http404("duty")
    if planning.end_weekly(found, by=person(request)):
        messages.success(request, _("%(name)s keluar dari jadwal.") % {"name": called(found.person)})
    return redirect("ronda-jadwal", rt=here.pk)


@posted
def change_night(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    form = NightForm(here, request.POST)
    if not form.is_valid():
        messages.error(request, _("Belum tersimpan: pilih warga dan malamnya."))
    else:
        whom, night = form.cleaned_data["person"], form.cleaned_data["night"]
        verb = planning.put_on if form.cleaned_data["do"] == "tambah" else planning.take_off
        with outcome(request, CannotPlan, done=_("Jadwal malam itu tersimpan.")):
            verb(here, whom, night, by=person(request))
    return redirect("ronda-jadwal", rt=here.pk)

"""The page of a camera's viewing log: totals, names for cause, and who looked at names."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from cameras.desk import managed_camera
from neighborhoods.doors import person

from . import viewing_log


class NamesForm(forms.Form):
    """For which days the names are wanted, and why."""

    reason = forms.CharField(max_length=200, required=False)
    first_day = forms.DateField(input_formats=["%Y-%m-%d"])
    last_day = forms.DateField(input_formats=["%Y-%m-%d"])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def viewings(request: HttpRequest, public_id: str) -> HttpResponse:
    """A POST answers with the names themselves: a page of names has no address that could be opened again without a reason."""
    here = managed_camera(request, public_id)
    today: date = timezone.localdate()
    page = {
        "camera": here,
        "days": viewing_log.totals(here),
        "kept": settings.VIEWING_LOG_DAYS,
        "first_day": (today - timedelta(days=6)).isoformat(),
        "last_day": today.isoformat(),
    }
    if request.method == "POST":
        form = NamesForm(request.POST)
        if not form.is_valid():
            page["wrong"] = _("Isi kedua tanggal, dan alasan paling panjang 200 huruf.")
        else:
            try:
                found = viewing_log.names(here, by=person(request), **form.cleaned_data)
            except viewing_log.NotWithoutReason as problem:
                page["wrong"] = str(problem)
            else:
                page["names"] = [{"name": viewing_log.name_of(one), "row": one} for one in found]
    page["looks"] = viewing_log.looks(here)
    return render(request, "streaming/viewings.html", page)

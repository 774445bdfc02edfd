"""Whoever manages an RT: its people, those who wait, and its invitations."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from neighborhoods.doors import managed, managed_rt, outcome, person, posted
from neighborhoods.managing import appointing_rts
from neighborhoods.models import RT, Residency
from neighborhoods.residency import standing_of

from . import belonging, resetting
from .forms import InvitationForm

_WAITS = Q(residencies__state=Residency.State.PENDING)
_FORMER_SHOWN = 20
_DECISIONS: dict[str, tuple[Callable[..., None], StrOrPromise]] = {
    "setujui": (belonging.approve, _("{name} disetujui, dan langsung dapat melihat kamera RT.")),
    "tolak": (belonging.refuse, _("Permintaan {name} ditolak.")),
    "akhiri": (belonging.end, _("{name} tidak lagi terdaftar. Kamera RT langsung tertutup untuknya.")),
}


@require_safe
@login_required
@never_cache
def rts(request: HttpRequest) -> HttpResponse:
    """The RTs that this person manages; who manages the whole city sees those where somebody waits."""
    counted = managed(request).annotate(waiting=Count("residencies", filter=_WAITS))
    if standing_of(request.user).officer:
        counted = counted.filter(waiting__gt=0)
    found = list(counted.order_by("-waiting", "rw__kelurahan__code", "rw__number", "number")[:200])
    if len(found) == 1 and not standing_of(request.user).officer:
        return redirect("warga-rt", rt=found[0].pk)
    return render(request, "accounts/rts.html", {"rts": found, "standing": standing_of(request.user)})


@require_safe
@login_required
@never_cache
def residents(request: HttpRequest, rt: int) -> HttpResponse:
    return render(request, "accounts/residents.html", _page(request, managed_rt(request, rt), InvitationForm()))


@posted
def decide(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    verb, words = _DECISIONS.get(request.POST.get("putusan", ""), (None, ""))
    residency = _residency(here, request.POST.get("warga", ""))
    if verb is None:
        raise Http404("decision")
    with outcome(request, belonging.CannotDecide, done=str(words).format(name=_name(residency.user))):
        verb(residency, by=person(request))
    return redirect("warga-rt", rt=here.pk)


@posted
@never_cache
@sensitive_variables("link")
def reset_link(request: HttpRequest, rt: int) -> HttpResponse:
    """Shows a link for a new password, once: it is kept nowhere."""
    here = managed_rt(request, rt)
    residency = _residency(here, request.POST.get("warga", ""))
    try:
        link = resetting.make_link(residency.user, by=person(request), standing=standing_of(request.user))
    except resetting.CannotReset as problem:
        messages.error(request, str(problem))
        return redirect("warga-rt", rt=here.pk)
    page = {"rt": here, "person": residency.user, "link": request.build_absolute_uri(link)}
    return render(request, "accounts/reset_link.html", page)


def _page(request: HttpRequest, here: RT, form: InvitationForm) -> dict[str, object]:
    people = Residency.objects.filter(rt=here).select_related("user", "approved_by", "ended_by", "joining__invitation")
    return {
        "rt": here,
        "pending": people.filter(state=Residency.State.PENDING).order_by("since"),
        "active": people.active().order_by("role", "user__first_name", "user__username"),
        "former": people.filter(state=Residency.State.ENDED).order_by("-until")[:_FORMER_SHOWN],
        "invitations": here.invitations.select_related("made_by")[:_FORMER_SHOWN],
        "appoints": appointing_rts(standing_of(request.user)).filter(pk=here.pk).exists(),
        "form": form,
    }


def _residency(here: RT, pk: str) -> Residency:
    if not pk.isascii() or not pk.isdigit():
        raise Http404("residency")
    return get_object_or_404(Residency.objects.select_related("user", "rt__rw"), rt=here, pk=int(pk[:18]))


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()

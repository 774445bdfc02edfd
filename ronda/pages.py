"""The page of tonight, and what residents do from it: begin, say that they cannot come, swap."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from neighborhoods.doors import managed, outcome, person, posted
from neighborhoods.residency import standing_of

from . import access, rounds, swapping
from .changing import CannotPlan
from .desk import home_rt
from .evening import Evening, evenings
from .forms import AwayForm, SwapForm
from .hours_of import tonight
from .models import Swap
from .roster import NightPlan, called, open_swaps, residents

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# RTs without a head that a Ketua RW or lurah looks after meanwhile.
_MOST_ELSEWHERE = 30


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def tonights(request: HttpRequest) -> HttpResponse:
    user, now = person(request), timezone.now()
    here = evenings(access.home_rts(user), now=now)
    keys = [one.rt.pk for one in here]
    going = {one.rt_id: one for one in rounds.unfinished_of(keys, user, now=now)}
    swaps = open_swaps(keys, since=tonight(now))
    managing = set(managed(request).filter(pk__in=keys).values_list("pk", flat=True))
    officer = standing_of(user).officer
    page = {
        "homes": [
            {
                **_home(one, user),
                "going": going.get(one.rt.pk),
                "swaps": [_swap(swap, one.ahead, user) for swap in swaps if swap.rt_id == one.rt.pk],
                "manages": one.rt.pk in managing,
            }
            for one in here
        ],
        "elsewhere": [] if officer else list(managed(request).exclude(pk__in=keys)[:_MOST_ELSEWHERE]),
        "officer": officer,
    }
    return render(request, "ronda/tonight.html", page)


@posted
def start(request: HttpRequest, rt: int) -> HttpResponse:
    here = home_rt(request, rt)
    beside = [int(pk) for pk in request.POST.getlist("beside")[:50] if pk.isascii() and pk.isdigit() and len(pk) < 18]
    try:
        begun = rounds.start(here, person(request), beside=beside, fresh="fresh" in request.POST)
    except rounds.CannotRound as problem:
        messages.error(request, str(problem))
        return redirect("ronda")
    return redirect(begun)


@posted
def away(request: HttpRequest, rt: int) -> HttpResponse:
    here = home_rt(request, rt)
    form = AwayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Belum tersimpan: pilih malamnya, dan tulis alasan paling panjang 200 huruf."))
    elif form.cleaned_data["do"] == "bisa":
        with outcome(request, CannotPlan, done=_("Anda terjadwal lagi.")):
            swapping.can_come_after_all(here, person(request), form.cleaned_data["night"])
    else:
        with outcome(request, CannotPlan, done=_("Tercatat: Anda berhalangan. Ketua RT diberi tahu.")):
            swapping.cannot_come(here, person(request), form.cleaned_data["night"], reason=form.cleaned_data["reason"])
    return redirect("ronda")


@posted
def swap(request: HttpRequest, rt: int) -> HttpResponse:
    here = home_rt(request, rt)
    form = SwapForm(here, request.POST)
    if not form.is_valid():
        messages.error(request, _("Belum terkirim: pilih malamnya, dan tulis pesan paling panjang 200 huruf."))
    else:
        wish = {**form.cleaned_data}
        night = wish.pop("night")
        with outcome(request, CannotPlan, done=_("Permintaan tukar terkirim.")):
            swapping.ask(here, person(request), night, **wish)
    return redirect("ronda")


@posted
def answer_swap(request: HttpRequest, swap: int) -> HttpResponse:
    asked = access.swaps(request.user).filter(pk=swap).first()
    if asked is None:
        raise Http404("swap")
    verbs: dict[str, tuple[Callable[[Swap, User], None], str]] = {
        "terima": (swapping.accept, _("Anda menggantikan. Terima kasih!")),
        "tolak": (swapping.refuse, _("Jawaban Anda tersampaikan.")),
        "tarik": (swapping.withdraw, _("Permintaan tukar ditarik.")),
    }
    chosen = verbs.get(request.POST.get("answer", ""))
    if chosen is not None:
        verb, done = chosen
        with outcome(request, CannotPlan, done=done):
            verb(asked, person(request))
    return redirect("ronda")


def _home(evening: Evening, user: User) -> dict[str, Any]:
    ahead = evening.ahead
    return {
        "rt": evening.rt,
        "evening": evening,
        "mine": evening.turn_of(user.pk),
        "my_nights": [plan for plan in ahead if plan.has(user.pk)],
        "away_on": [plan for plan in ahead if any(one.person == user.pk for one in plan.away)],
        "others_nights": [plan for plan in ahead if plan.watchers and not plan.has(user.pk)],
        "beside": [one for one in evening.plan.watchers if one.person != user.pk] if not evening.morning else [],
        "people": [(one.pk, called(one)) for one in residents(evening.rt) if one.pk != user.pk],
    }


def _swap(swap: Swap, ahead: list[NightPlan], user: User) -> dict[str, Any]:
    """*may*: whether this person can accept it as the roster stands."""
    of_night = next((plan for plan in ahead if plan.night == swap.night), None)
    back = next((plan for plan in ahead if plan.night == swap.in_return), None)
    may = swap.asker_id != user.pk and swap.asked_id in {None, user.pk}
    may = may and not (of_night is not None and of_night.has(user.pk))
    if swap.in_return is not None:
        may = may and back is not None and back.has(user.pk)
    return {
        "row": swap,
        "who": called(swap.asker),
        "words": swapping.words_of(swap),
        "mine": swap.asker_id == user.pk,
        "for_me": swap.asked_id == user.pk,
        "may": may,
    }

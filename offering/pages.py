"""The pages of offers: for owners, and for those who decide. Each asks who may, reads or calls a verb, and renders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from cameras.base_map import base_map
from cameras.models import Visibility
from neighborhoods.doors import outcome, person, posted
from neighborhoods.models import Residency
from neighborhoods.residency import standing_of

from . import asking, deciding, offers
from .attempts import TooMany
from .forms import AddressForm, DecisionForm, OfferForm
from .models import EARLY, OVER, Offer
from .turning import CannotTurn

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_SECRET = ("address", "username", "password")
_RENAMED = gettext_lazy("Nama yang Anda tulis tidak menyebut tempat, jadi kami menulis: “%(name)s”.")


@sensitive_post_parameters(*_SECRET)
@login_required
@cache_control(private=True, no_store=True)
def offer_camera(request: HttpRequest) -> HttpResponse:
    """The form, and the person's own offers."""
    me = person(request)
    form = OfferForm(request.POST) if request.method == "POST" else OfferForm(initial=_home(me))
    if request.method == "POST" and form.is_valid() and form.place is not None:
        try:
            offer = offers.make(me, form.place, form.typed, form.credentials)
        except offers.CannotOffer as why:
            messages.error(request, str(why))
        else:
            if form.renamed:
                messages.info(request, _RENAMED % {"name": form.renamed})
            _try_and_say(request, offer)
            return redirect(offer)
    page = {
        "form": form,
        "own": Offer.objects.filter(owner=me).select_related("kelurahan", "rt__rw"),
        "map": base_map(),
    }
    return render(request, "offering/offer_camera.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """The owner's page of one offer."""
    here = _own(request, public_id)
    page = {
        "offer": here,
        "trying": asking.is_running(here, timezone.now()),
        "early": here.state in EARLY,
        "over": here.state in OVER,
        "channels": list(here.channels.defer("still").select_related("camera")),
        "changes": list(here.changes.select_related("by")),
        "form": AddressForm(),
    }
    return render(request, "offering/offer.html", page)


@sensitive_post_parameters(*_SECRET)
@posted
def try_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tries once more, at another address where one was typed."""
    here = _own(request, public_id)
    if any(request.POST.get(name) for name in _SECRET):
        form = AddressForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, str(errors[0]))
            return redirect(here)
        try:
            offers.readdress(here, form.typed, form.credentials, by=person(request))
        except CannotTurn as why:
            messages.error(request, str(why))
            return redirect(here)
    _try_and_say(request, here)
    return redirect(here)


@posted
def hand_in(request: HttpRequest, public_id: str) -> HttpResponse:
    here = _own(request, public_id)
    numbers = {int(word) for word in request.POST.getlist("kamera") if word.isascii() and word.isdigit()}
    thanks = _("Terima kasih! Tawaran Anda sudah dikirim. Keputusannya tampil di halaman ini.")
    with outcome(request, offers.CannotOffer, CannotTurn, done=thanks):
        offers.hand_in(here, numbers, by=person(request))
    return redirect(here)


@posted
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    here = _own(request, public_id)
    with outcome(
        request, CannotTurn, done=_("Kamera ditarik. Tayangannya berhenti; alamat dan kata sandinya sudah dihapus.")
    ):
        offers.withdraw(here, by=person(request))
    return redirect(here)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def still(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The picture of a trial, for its owner and for those who decide."""
    found = Offer.objects.filter(public_id=public_id).first()
    if found is None or not (found.owner_id == request.user.pk or _may_decide(request, found)):
        raise Http404("offer")
    channel = found.channels.filter(number=number).first()
    if channel is None or channel.still is None:
        raise Http404("still")
    return HttpResponse(bytes(channel.still), content_type="image/jpeg")


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for this person's decision."""
    found = deciding.waiting(standing_of(request.user)).order_by("since")
    return render(request, "offering/waiting.html", {"offers": list(found)})


@login_required
@cache_control(private=True, no_store=True)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    standing = standing_of(request.user)
    here = deciding.waiting(standing).filter(public_id=public_id).first()
    if here is None:
        raise Http404("offer")
    if request.method == "POST":
        return _decide(request, here)
    page: dict[str, Any] = {
        "offer": here,
        "channels": list(here.channels.filter(chosen=True).defer("still")),
        "levels": deciding.levels(here),
        "step": deciding.step_of(here, standing).value,
        "changes": list(here.changes.select_related("by")),
    }
    return render(request, "offering/decide.html", page)


def _decide(request: HttpRequest, here: Offer) -> HttpResponse:
    form, me, standing = DecisionForm(request.POST), person(request), standing_of(request.user)
    if not form.is_valid():
        messages.error(request, _("Keputusan belum tersimpan: pilih salah satu, alasan paling panjang 200 huruf."))
        return redirect("tawaran-keputusan", public_id=here.public_id)
    try:
        if form.cleaned_data["decision"] == "tolak":
            deciding.refuse(here, by=me, standing=standing, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(name)s: ditolak. Alasannya tampil pada pemiliknya.") % {"name": here.name})
        else:
            level = Visibility(form.cleaned_data["level"] or here.granted or here.wish)
            cameras = deciding.approve(here, by=me, standing=standing, level=level)
            done = _("disetujui dan tampil di peta") if cameras else _("disetujui, menunggu petugas")
            messages.success(request, f"{here.name}: {done}.")
    except (deciding.CannotDecide, CannotTurn) as why:
        messages.error(request, str(why))
        return redirect("tawaran-keputusan", public_id=here.public_id)
    return redirect("tawaran-menunggu")


def _try_and_say(request: HttpRequest, here: Offer) -> None:
    try:
        asking.begin(here, by=person(request))
    except (TooMany, asking.CannotTry) as why:
        messages.error(request, str(why))


def _own(request: HttpRequest, public_id: str) -> Offer:
    found = (
        Offer.objects.filter(public_id=public_id, owner=person(request)).select_related("kelurahan", "rt__rw").first()
    )
    if found is None:
        raise Http404("offer")
    return found


def _may_decide(request: HttpRequest, here: Offer) -> bool:
    return deciding.step_of(here, standing_of(request.user)) is not deciding.Step.NONE


def _home(me: User) -> dict[str, Any]:
    """What is proposed: where the person lives."""
    home = Residency.objects.active_of(me).exclude(role=Residency.Role.PENJAGA).select_related("rt__rw").first()
    return {"rt": home.rt.number, "rw": home.rt.rw.number} if home else {}

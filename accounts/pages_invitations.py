"""Making, printing and revoking the invitations of an RT."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from neighborhoods.doors import managed_rt, person, posted

from . import invitations
from .forms import InvitationForm
from .models import Invitation
from .posters import qr_svg
from .tokens import token_of


@posted
def make(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Undangan belum dibuat: 1 sampai 365 hari, untuk 1 sampai 200 orang."))
        return redirect("warga-rt", rt=here.pk)
    wish = form.cleaned_data
    made = invitations.invite(here, role=wish["role"], days=wish["days"], uses=wish["uses"], by=person(request))
    return redirect("poster", rt=here.pk, invitation=made.pk)


@posted
def revoke(request: HttpRequest, rt: int, invitation: int) -> HttpResponse:
    here = managed_rt(request, rt)
    invitations.revoke(_invitation(here.pk, invitation), by=person(request))
    messages.success(request, _("Undangan dicabut. Yang sudah terdaftar tetap terdaftar."))
    return redirect("warga-rt", rt=here.pk)


@require_safe
@login_required
@never_cache
def poster(request: HttpRequest, rt: int, invitation: int) -> HttpResponse:
    """A sheet of A4 for the pos kamling, printed anew whenever the rain has eaten the last one."""
    here = managed_rt(request, rt)
    found = _invitation(here.pk, invitation)
    page = {"rt": here, "invitation": found, "address": _address(request, found)}
    return render(request, "accounts/poster.html", page)


@require_safe
@login_required
@never_cache
def poster_code(request: HttpRequest, rt: int, invitation: int) -> HttpResponse:
    found = _invitation(managed_rt(request, rt).pk, invitation)
    return HttpResponse(qr_svg(_address(request, found)), content_type="image/svg+xml")


def _invitation(rt: int, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("rt__rw"), rt=rt, pk=pk)


def _address(request: HttpRequest, invitation: Invitation) -> str:
    return request.build_absolute_uri(reverse("gabung", args=[token_of(invitation)]))

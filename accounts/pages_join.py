"""The page that an invitation's poster leads to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neighborhoods.doors import person
from neighborhoods.models import Residency

from . import invitations
from .models import Invitation
from .tokens import invitation_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404("invitation")
    if request.method == "POST":
        return _ask(request, invitation)
    there = None
    if request.user.is_authenticated:
        running = Residency.objects.filter(user=person(request), rt=invitation.rt).exclude(state=Residency.State.ENDED)
        there = running.first()
    page = {"invitation": invitation, "there": there, "open": invitation.is_open()}
    return render(request, "accounts/join.html", page)


@login_required
def _ask(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    try:
        residency = invitations.join(invitation, person(request))
    except invitations.CannotJoin as problem:
        messages.error(request, str(problem))
        return redirect("akun")
    if residency.state == Residency.State.PENDING:
        messages.success(
            request, _("Permintaan Anda sudah sampai di %(rt)s. Tunggu persetujuan Ketua RT.") % {"rt": invitation.rt}
        )
    return redirect("rt-saya")

"""One's own account: where one belongs, how one logs in, and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from neighborhoods.doors import person, posted
from neighborhoods.models import Office, Residency
from neighborhoods.residency import is_officer

from . import belonging
from .posters import qr_svg

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@require_safe
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    me = person(request)
    page = {
        "residencies": _running(me).select_related("rt__rw__kelurahan"),
        "offices": Office.objects.current().filter(user=me).select_related("rw__kelurahan", "kelurahan", "kecamatan"),
        "reset_links": me.reset_links.select_related("made_by")[:3],
        "secured": is_mfa_enabled(me),
        "mail": bool(settings.EMAIL_HOST),
        "officer": is_officer(me),
    }
    return render(request, "accounts/account.html", page)


@require_safe
@login_required
@never_cache
def totp_code(request: HttpRequest) -> HttpResponse:
    """The square of the secret that is being set up in this session: an image of its own, so that no page holds one as data."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404("secret")
    drawn = qr_svg(get_adapter().build_totp_url(request.user, secret))
    return HttpResponse(drawn, content_type="image/svg+xml")


@posted
def leave(request: HttpRequest, residency: int) -> HttpResponse:
    me = person(request)
    here = get_object_or_404(_running(me).select_related("rt__rw"), pk=residency)
    belonging.leave(here, by=me)
    messages.success(
        request, _("Anda tidak lagi terdaftar di %(rt)s. Kameranya langsung tertutup untuk akun ini.") % {"rt": here.rt}
    )
    return redirect("akun")


def _running(me: User) -> QuerySet[Residency]:
    return Residency.objects.filter(user=me).exclude(state=Residency.State.ENDED)

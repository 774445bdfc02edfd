"""Nobody acts for the city, or administers it, without a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neighborhoods.residency import standing_of

_WHY = _("Jabatan Anda membuka kamera banyak orang. Pasang dulu pengaman kedua, supaya kata sandi saja tidak cukup.")


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Leads to the page that sets one up. Without it the office counts for nothing anyway (neighborhoods.residency)."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not settings.SECOND_FACTOR_REQUIRED or not _is_page(request):
            return get_response(request)
        if _owes_one(request):
            messages.warning(request, _WHY)
            return redirect("mfa_index")
        return get_response(request)

    return answer


def _is_page(request: HttpRequest) -> bool:
    """Programs are not led anywhere; the pages of the account itself must stay open, and so must the way out."""
    ours = (reverse("akun"), reverse("masuk"), reverse("keluar"), "/api/", "/static/", "/hls/")
    return request.path.startswith("/admin/") or (request.method == "GET" and not request.path.startswith(ours))


def _owes_one(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated:
        return False
    if request.path.startswith("/admin/"):
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        return user.is_staff and not Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()
    return standing_of(user).unsecured

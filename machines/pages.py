"""The page on which officers make and revoke tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from neighborhoods.doors import person, posted
from neighborhoods.residency import is_officer

from . import issuing
from .forms import TokenForm
from .models import MachineToken

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
@sensitive_variables("secret")
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and the form for a new one. The secret stands on the one answer that follows, and nowhere else."""
    officer = _officer(request)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = issuing.issue(officer, **form.cleaned_data)
            form = TokenForm()
        except issuing.CannotIssue as problem:
            form.add_error(None, str(problem))
    rows = MachineToken.objects.select_related("owner", "revoked_by")[:_SHOWN]
    page = {"form": form, "secret": secret, "tokens": rows, "now": timezone.now()}
    return render(request, "machines/tokens.html", page, status=400 if form.errors else 200)


@posted
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    officer = _officer(request)
    found = get_object_or_404(issuing.revocable(officer), pk=token)
    issuing.revoke(found, by=officer)
    messages.success(
        request, gettext("Token “%(name)s” dicabut. Mesin yang memakainya tidak dijawab lagi.") % {"name": found.name}
    )
    return redirect("token-mesin")


def _officer(request: HttpRequest) -> User:
    officer = person(request)
    if not is_officer(officer):
        raise PermissionDenied
    return officer

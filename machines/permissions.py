"""What a machine may ask: only views that name a scope (``machine_scope``), and only if its token has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from cameras.problems import Problem

if TYPE_CHECKING:
    from rest_framework.views import APIView


class WithinScope(BasePermission):
    """Says nothing of people. A view without a scope is closed to machines, so a new one is until somebody decides."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        # A session has no `auth`. The model is not asked for by its class: the settings name this module before there are models.
        if request.auth is None:
            return True
        scope, scopes = getattr(view, "machine_scope", None), getattr(request.auth, "scopes", ())
        if scope is None or scope not in scopes:
            raise Problem(403, "scope", _("Token ini tidak mencakup permintaan ini."))
        return True

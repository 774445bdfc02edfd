"""Invitations and reset links in the administration: to look at. They are made and revoked where the RT is managed."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest

from neighborhoods.read_only import ReadOnly

from .models import Invitation, ResetLink


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["rt", "role", "made_by", "made_at", "valid_until", "used", "uses", "revoked_at"]
    list_filter = ["role", "rt__rw__kelurahan__kecamatan"]
    list_select_related = ["rt__rw", "made_by"]
    date_hierarchy = "made_at"


@admin.register(ResetLink)
class ResetLinkAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["user", "made_by", "made_at", "used_at"]
    list_select_related = ["user", "made_by"]
    date_hierarchy = "made_at"


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Somebody who lost phone and recovery codes has theirs taken away here, and sets up a new one."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__first_name"]
    fields: ClassVar[Any] = ("user", "type", "created_at", "last_used_at")
    readonly_fields: ClassVar[Any] = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

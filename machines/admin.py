"""Tokens in the administration: to look at and to revoke. They are made on the officers' page, which shows the secret once."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from neighborhoods.doors import person

from . import issuing
from .models import MachineToken


@admin.register(MachineToken)
class MachineTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "owner", "scopes_text", "created_at", "expires_at", "last_used_at", "revoked_at", "good"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__username"]
    fields = ["name", "owner", "scopes_text", "created_at", "expires_at", "last_used_at", "revoked_at", "revoked_by"]
    readonly_fields = [
        "name",
        "owner",
        "scopes_text",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
        "revoked_by",
    ]
    actions = ["revoke_now"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MachineToken | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("cakupan"))
    def scopes_text(self, token: MachineToken) -> str:
        return ", ".join(token.scopes)

    @admin.display(description=gettext_lazy("berlaku"), boolean=True)
    def good(self, token: MachineToken) -> bool:
        return token.valid(timezone.now())

    @admin.action(description=gettext_lazy("Cabut sekarang"), permissions=["change"])
    def revoke_now(self, request: HttpRequest, queryset: QuerySet[MachineToken]) -> None:
        count = sum(issuing.revoke(token, by=person(request)) for token in queryset)
        messages.success(
            request, ngettext("%(count)s token dicabut.", "%(count)s token dicabut.", count) % {"count": count}
        )

"""Offers in the administration: to look at, with their history. They are turned at their own pages only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Offer, OfferChange


class _Changes(admin.TabularInline[OfferChange, Offer]):
    model = OfferChange
    extra = 0
    can_delete = False
    fields = readonly_fields = ("at", "old", "new", "by", "reason")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Offer)
class OfferAdmin(admin.ModelAdmin[Offer]):
    list_display = ("name", "kind", "owner", "kelurahan", "rt", "state", "since")
    list_filter = ("state", "kind")
    search_fields = ("name", "owner__username", "kelurahan__name")
    list_select_related = ("owner", "kelurahan", "rt__rw")
    inlines = (_Changes,)
    fields = readonly_fields = (
        "public_id", "name", "kind", "owner", "contact", "kelurahan", "rt", "latitude", "longitude", "wish", "granted",
        "consent_version", "consented_at", "state", "since", "problem", "site",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

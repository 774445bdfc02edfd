"""Reports in the administration: that they are there and how they stand, without words and pictures. Their pages turn them."""

from __future__ import annotations

from django.contrib import admin

from neighborhoods.read_only import ReadOnly

from .models import Incident, IncidentStep


class _Steps(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = IncidentStep
    extra = 0
    fields = ("at", "old", "new", "by")


@admin.register(Incident)
class IncidentAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("category", "rt", "place", "reporter", "at", "state", "since")
    list_filter = ("category", "state")
    list_select_related = ("rt__rw", "reporter")
    fields = ("public_id", "rt", "camera", "reporter", "category", "place", "at", "state", "since")
    inlines = (_Steps,)

"""The night watch in the administration: to look at. It is planned, made and read at its own pages only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from neighborhoods.read_only import ReadOnly

from .models import HoursSetting, Mark, NightChange, Presence, Round, Stop, Swap, WeeklyDuty


class _Stops(admin.TabularInline[Stop, Round]):
    model = Stop
    extra = 0
    can_delete = False
    fields = readonly_fields = ("position", "name", "verdict", "marked_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Round)
class RoundAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("rt", "night", "by", "scheduled", "in_hours", "started_at", "finished_at")
    list_filter = ("scheduled", "in_hours")
    search_fields = ("by__username", "rt__rw__kelurahan__name")
    date_hierarchy = "night"
    list_select_related = ("rt__rw", "by")
    inlines = (_Stops,)


@admin.register(Mark)
class MarkAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("round", "stop", "verdict", "at", "received_at")
    list_filter = ("verdict",)
    list_select_related = ("round__rt__rw", "stop")


@admin.register(WeeklyDuty)
class WeeklyDutyAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("rt", "weekday", "person", "first_night", "last_night")
    list_filter = ("weekday",)
    search_fields = ("person__username", "rt__rw__kelurahan__name")
    list_select_related = ("rt__rw", "person")


@admin.register(NightChange)
class NightChangeAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("rt", "night", "person", "on", "why", "note", "by", "at")
    list_filter = ("why", "on")
    list_select_related = ("rt__rw", "person", "by")


@admin.register(Swap)
class SwapAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("rt", "night", "asker", "asked", "in_return", "state")
    list_filter = ("state",)
    list_select_related = ("rt__rw", "asker", "asked")


@admin.register(HoursSetting)
class HoursSettingAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("rt", "begins", "ends", "first_night", "made_by")
    list_select_related = ("rt__rw", "made_by")


@admin.register(Presence)
class PresenceAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("rt", "night", "person", "by")
    list_select_related = ("rt__rw", "person", "by")

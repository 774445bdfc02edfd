"""Alarms, mutes and browsers in the administration: to look at. Nobody erases what was sounded."""

from __future__ import annotations

from django.contrib import admin

from neighborhoods.read_only import ReadOnly

from .models import Alarm, AlarmStep, Mute, Subscription


class _Steps(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = AlarmStep
    extra = 0
    fields = ("at", "what", "by", "words")


@admin.register(Alarm)
class AlarmAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("kind", "rt", "caller", "at", "state", "ending")
    list_filter = ("kind", "state", "ending")
    list_select_related = ("rt__rw", "caller")
    fields = ("rt", "caller", "kind", "note", "at", "state", "ending")
    inlines = (_Steps,)


@admin.register(Mute)
class MuteAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person", "rt", "by", "at", "until", "reason", "lifted_at")
    list_select_related = ("person", "rt__rw", "by")


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person", "made_at", "reached_at", "failures")
    list_select_related = ("person",)
    fields = ("person", "made_at", "reached_at", "failures")

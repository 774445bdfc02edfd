"""Cameras in the administration.

Three things are never saved as plain fields here: who may look (cameras.visibility), where a camera belongs
(cameras.moving) and where its picture comes from (cameras.sources). Health and histories can only be read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from neighborhoods.place_search import by_numbers
from neighborhoods.read_only import ReadOnly
from neighborhoods.residency import is_officer
from neighborhoods.retelling import retold

from . import moving, sources, visibility
from .camera_form import CameraForm
from .models import Camera, Health, Status, StatusChange, Visibility, VisibilityChange
from .reasons import Reason

_NEWEST = 30
_NOTHING = "—"
_RENAMED = _("Nama yang ditulis tidak menyebut tempat, jadi menjadi: “%(name)s”. Tulis patokan dan arahnya bila tahu.")
_STATUS_SIGNS = {Status.ONLINE: "🟢", Status.OFFLINE: "🔴", Status.UNKNOWN: "⚪"}


class NewestFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Only the newest rows: a camera that came and went for years has thousands."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_newest"):
            self._newest = super().get_queryset()[:_NEWEST]
        return self._newest


class StatusChangeInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = StatusChange
    formset = NewestFormSet
    fields = ["at", "old_status", "new_status", "reason", "observer"]
    verbose_name_plural = format_lazy(gettext_lazy("riwayat status ({newest} terbaru)"), newest=_NEWEST)


class VisibilityChangeInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = VisibilityChange
    formset = NewestFormSet
    fields = ["at", "old", "new", "by", "reason"]
    verbose_name_plural = format_lazy(gettext_lazy("riwayat keterlihatan ({newest} terbaru)"), newest=_NEWEST)

    def get_queryset(self, request: HttpRequest) -> QuerySet[VisibilityChange]:
        return super().get_queryset(request).select_related("by")


@admin.register(Camera)
class CameraAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = CameraForm
    list_display = ["name", "place_text", "category", "visibility", "status_text", "reason_text", "since"]
    list_filter = ["health__status", "health__reason", "visibility", "category", "kelurahan__kecamatan"]
    list_select_related = ["health", "kelurahan", "rt__rw"]
    list_per_page = 50
    search_fields = ["name", "public_id", "kelurahan__name", "kelurahan__code", "rt__number"]
    search_help_text = gettext_lazy("Nama, kode, kelurahan, atau nomor seperti “RT 003 RW 005 Sekaran”.")
    date_hierarchy = "created_at"
    autocomplete_fields = ["kelurahan"]
    raw_id_fields = ["rt"]
    readonly_fields = ["public_id", "status_text", "reason_text", "mender_text", "since", "observed_at", "created_at"]
    inlines = [VisibilityChangeInline, StatusChangeInline]
    actions = ["probe_now"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "category", "purpose", "public_id"]}),
        (gettext_lazy("Tempat"), {"fields": ["kelurahan", "rt", ("latitude", "longitude")]}),
        (gettext_lazy("Siapa boleh melihat"), {"fields": ["visibility", "switch_reason"]}),
        (
            gettext_lazy("Sumber gambar"),
            {
                "fields": [
                    "source_address",
                    ("source_username", "source_password"),
                    "forget_credentials",
                    "source_substream",
                    "forget_substream",
                ],
                "description": gettext_lazy("Tersimpan tersegel dan tidak pernah ditampilkan lagi."),
            },
        ),
        (
            gettext_lazy("Kesehatan"),
            {"fields": ["status_text", "reason_text", "mender_text", "since", "observed_at", "created_at"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Camera]:
        return super().get_queryset(request).select_related("health", "kelurahan", "rt__rw")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Camera], search_term: str
    ) -> tuple[QuerySet[Camera], bool]:
        queryset, rest = by_numbers(queryset, search_term, rt="rt__number", rw="rt__rw__number")
        return super().get_search_results(request, queryset, rest)

    # ---- saving ----

    def save_model(self, request: HttpRequest, obj: Camera, form: Any, change: bool) -> None:
        if form.renamed:
            messages.info(request, _RENAMED % {"name": form.renamed})
        if change:
            obj.save(update_fields=["name", "category", "purpose"])
            moving.put(obj, latitude=obj.latitude, longitude=obj.longitude)
            if {"kelurahan", "rt"} & set(form.changed_data):
                moving.move(obj, kelurahan=obj.kelurahan, rt=obj.rt)
            self._switch(request, obj, form)
        else:
            obj.save()
        if form.source is not None:
            sources.set_source(obj, **form.source._asdict())

    def _switch(self, request: HttpRequest, obj: Camera, form: Any) -> None:
        wanted = Visibility(obj.visibility)
        obj.refresh_from_db(fields=["visibility", "access_epoch"])
        if "visibility" not in form.changed_data:
            return
        person = request.user if request.user.is_authenticated else None
        try:
            visibility.switch(obj, to=wanted, by=person, reason=form.cleaned_data["switch_reason"])
        except visibility.CannotSwitch as error:
            messages.error(request, str(error))

    # ---- erasing ----

    def has_delete_permission(self, request: HttpRequest, obj: Camera | None = None) -> bool:
        if not super().has_delete_permission(request, obj) or not request.user.is_authenticated:
            return False
        return request.user.is_superuser or is_officer(request.user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        # Histories cannot be erased by themselves, but they go with their camera.
        histories = {StatusChange._meta.verbose_name, VisibilityChange._meta.verbose_name}
        return to_delete, counts, set(needed) - histories, protected

    # ---- columns ----

    @admin.display(description=gettext_lazy("tempat"), ordering="kelurahan__name")
    def place_text(self, camera: Camera) -> str:
        return camera.place

    @admin.display(description=gettext_lazy("status"), ordering="health__status")
    def status_text(self, camera: Camera) -> str:
        health = _health(camera)
        status = Status(health.status) if health else Status.UNKNOWN
        return format_html("{} {}", _STATUS_SIGNS[status], status.label)

    @admin.display(description=gettext_lazy("sebab"), ordering="health__reason")
    def reason_text(self, camera: Camera) -> str:
        health = _health(camera)
        return (retold(Reason(health.reason).label) or _NOTHING) if health else _NOTHING

    @admin.display(description=gettext_lazy("yang memperbaiki"))
    def mender_text(self, camera: Camera) -> str:
        health = _health(camera)
        return (health.mender if health else "") or _NOTHING

    @admin.display(description=gettext_lazy("sejak"), ordering="health__since")
    def since(self, camera: Camera) -> str:
        health = _health(camera)
        return _moment(health.since if health else None)

    @admin.display(description=gettext_lazy("terakhir diamati"))
    def observed_at(self, camera: Camera) -> str:
        health = _health(camera)
        return _moment(health.observed_at if health else None)

    # ---- actions ----

    @admin.action(description=gettext_lazy("Periksa sekarang"), permissions=["change"])
    def probe_now(self, request: HttpRequest, queryset: QuerySet[Camera]) -> None:
        count = Health.objects.filter(camera__in=queryset.order_by().values("pk")).update(due_at=timezone.now())
        messages.success(
            request,
            ngettext(
                "%(count)s kamera diperiksa dalam beberapa detik.",
                "%(count)s kamera diperiksa dalam beberapa detik.",
                count,
            )
            % {"count": count},
        )


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["at", "camera", "old_status", "new_status", "reason", "observer"]
    list_filter = ["new_status", "reason", "observer"]
    list_select_related = ["camera"]
    search_fields = ["camera__name", "camera__public_id"]
    date_hierarchy = "at"


@admin.register(VisibilityChange)
class VisibilityChangeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["at", "camera", "old", "new", "by", "reason"]
    list_filter = ["old", "new"]
    list_select_related = ["camera", "by"]
    search_fields = ["camera__name", "camera__public_id", "by__username"]
    date_hierarchy = "at"


def _moment(at: datetime | None) -> str:
    """In the city's time: ``22 Nov 2026, 21.14``."""
    return date_format(timezone.localtime(at), "j M Y, H.i") if at else _NOTHING


def _health(camera: Camera) -> Health | None:
    """None where the camera's row is only just being made."""
    return getattr(camera, "health", None) if camera.pk else None

"""Places and people in the administration. Places come from the official data and end by a date; nobody erases them
here.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .doors import person
from .models import RT, RW, Kecamatan, Kelurahan, Office, Residency
from .place_search import by_numbers


class KeptForever:
    """A place that ends gets a date; its history keeps its meaning."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RegionAdmin(KeptForever, admin.ModelAdmin):  # type: ignore[type-arg]
    list_filter: ClassVar[Any] = ["boundary_source", "valid_to"]
    search_fields = ["name", "code"]
    readonly_fields: ClassVar[Any] = ("code", "name", "boundary_source", "latitude", "longitude")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # manage.py import_regions adds them


@admin.register(Kecamatan)
class KecamatanAdmin(RegionAdmin):
    list_display = ["code", "name", "boundary_source", "valid_to"]
    list_display_links = ["name"]


@admin.register(Kelurahan)
class KelurahanAdmin(RegionAdmin):
    list_display = ["code", "name", "kecamatan", "boundary_source", "valid_to"]
    list_display_links = ["name"]
    list_filter = ("kecamatan", "boundary_source", "valid_to")
    list_select_related = ("kecamatan",)
    readonly_fields = (*RegionAdmin.readonly_fields, "kecamatan")


@admin.register(RW)
class RWAdmin(KeptForever, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["__str__", "kelurahan", "valid_from", "valid_to"]
    list_filter = ["kelurahan__kecamatan"]
    list_select_related = ["kelurahan"]
    search_fields = ["number", "kelurahan__name", "kelurahan__code"]
    autocomplete_fields = ["kelurahan"]


@admin.register(RT)
class RTAdmin(KeptForever, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["__str__", "kelurahan", "valid_from", "valid_to"]
    list_filter = ["rw__kelurahan__kecamatan"]
    list_select_related = ["rw__kelurahan"]
    search_fields = ["number", "rw__kelurahan__name", "rw__kelurahan__code"]
    search_help_text = gettext_lazy("Misalnya “RT 003 RW 005 Sekaran”.")
    raw_id_fields = ["rw"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[RT], search_term: str
    ) -> tuple[QuerySet[RT], bool]:
        queryset, rest = by_numbers(queryset, search_term, rt="number", rw="rw__number")
        return super().get_search_results(request, queryset, rest)

    @admin.display(description=gettext_lazy("kelurahan"), ordering="rw__kelurahan__name")
    def kelurahan(self, rt: RT) -> str:
        return str(rt.rw.kelurahan)


@admin.register(Residency)
class ResidencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["user", "rt", "kelurahan", "role", "state", "since", "until"]
    list_filter = ["state", "role", "rt__rw__kelurahan__kecamatan"]
    list_select_related = ["user", "rt__rw__kelurahan"]
    search_fields = ["user__username", "user__first_name", "user__last_name", "rt__rw__kelurahan__name"]
    date_hierarchy = "since"
    autocomplete_fields = ["user"]
    raw_id_fields = ["rt"]
    readonly_fields = ("approved_by", "ended_by")
    actions = ["approve", "end"]

    @admin.display(description=gettext_lazy("kelurahan"), ordering="rt__rw__kelurahan__name")
    def kelurahan(self, residency: Residency) -> str:
        return str(residency.rt.rw.kelurahan)

    def save_model(self, request: HttpRequest, obj: Residency, form: Any, change: bool) -> None:
        if obj.state == Residency.State.ENDED and obj.until is None:
            obj.until = timezone.now()
        super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("Setujui"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Residency]) -> None:
        count = 0
        for residency in queryset.filter(state=Residency.State.PENDING):
            # Not what somebody else decided in the meantime.
            if residency.become(Residency.State.ACTIVE, by=person(request)):
                self.log_change(request, residency, _("Disetujui."))
                count += 1
        messages.success(
            request, ngettext("%(count)s warga disetujui.", "%(count)s warga disetujui.", count) % {"count": count}
        )

    @admin.action(description=gettext_lazy("Akhiri"), permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Residency]) -> None:
        count = 0
        for residency in queryset.exclude(state=Residency.State.ENDED):
            if residency.become(Residency.State.ENDED, by=person(request)):
                self.log_change(request, residency, _("Diakhiri."))
                count += 1
        messages.success(
            request,
            ngettext("%(count)s kewargaan diakhiri.", "%(count)s kewargaan diakhiri.", count) % {"count": count},
        )


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["user", "kind", "place", "since", "until"]
    list_filter = ["kind"]
    list_select_related = ["user", "rw__kelurahan", "kelurahan", "kecamatan"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    autocomplete_fields = ["user", "kelurahan", "kecamatan"]
    raw_id_fields = ["rw"]
    readonly_fields = ("appointed_by",)

    @admin.display(description=gettext_lazy("wilayah"))
    def place(self, office: Office) -> str:
        return f"{office.rw}, {office.rw.kelurahan}" if office.rw else str(office.kelurahan or office.kecamatan or "")

    def save_model(self, request: HttpRequest, obj: Office, form: Any, change: bool) -> None:
        if not change:
            obj.appointed_by = person(request)
        super().save_model(request, obj, form, change)


class ResidencyInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Residency
    fk_name = "user"
    raw_id_fields = ["rt"]
    readonly_fields = ("approved_by", "ended_by")
    extra = 0


class OfficeInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Office
    fk_name = "user"
    raw_id_fields = ["rw"]
    autocomplete_fields = ["kelurahan", "kecamatan"]
    readonly_fields = ("appointed_by",)
    extra = 0


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts with where they live and what office they hold."""

    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "last_login"]

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        # The first page of a new account asks for name and password only.
        return [ResidencyInline, OfficeInline] if obj else []

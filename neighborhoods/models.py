"""Records of places and of the people in them.

RTs split and merge: a place that ends gets a ``valid_to``; it is never deleted, so that history keeps its meaning.
Two numberings exist: the ministry's (``code``, 33.74.01.1001) and the statistics office's (``bps_code``, 3374010001).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .boundary_source import BoundarySource as BoundarySource

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

_three_digits = RegexValidator(r"^\d{3}$", _("Tulis tiga angka, misalnya 003."))
_ONE_PLACE = _("Pilih RW untuk Ketua RW, kelurahan untuk lurah, kecamatan untuk camat, dan tidak lebih.")


class Region(models.Model):
    """What kecamatan and kelurahan share: code, name, boundary (GeoJSON geometry, WGS 84) and a point for the label (degrees)."""

    code = models.CharField(_("kode Kemendagri"), max_length=13, unique=True)
    bps_code = models.CharField(_("kode BPS"), max_length=10, blank=True)
    name = models.CharField(_("nama"), max_length=100)
    boundary = models.JSONField(_("batas"), null=True, blank=True, editable=False)
    boundary_source = models.CharField(
        _("asal batas"), max_length=10, choices=BoundarySource, default=BoundarySource.NONE, blank=True, editable=False
    )
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Kecamatan(Region):
    class Meta:
        verbose_name = verbose_name_plural = _("kecamatan")
        ordering = ["code"]

    def get_absolute_url(self) -> str:
        return reverse("wilayah-kecamatan", args=[self.code])


class Kelurahan(Region):
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT, related_name="kelurahan", verbose_name=_("kecamatan"))

    class Meta:
        verbose_name = verbose_name_plural = _("kelurahan")
        ordering = ["code"]

    def get_absolute_url(self) -> str:
        return reverse("wilayah-kelurahan", args=[self.code])


class RW(models.Model):
    """Rukun warga: some ten RTs of one kelurahan."""

    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="rws", verbose_name=_("kelurahan"))
    number = models.CharField(_("nomor"), max_length=3, validators=[_three_digits])
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("RW")
        ordering = ["kelurahan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kelurahan", "number"], condition=Q(valid_to__isnull=True), name="one_valid_rw_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"RW {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("wilayah-rw", args=[self.kelurahan.code, self.number])


class RT(models.Model):
    """Rukun tetangga: the neighbourhood of some 50 houses."""

    rw = models.ForeignKey(RW, models.PROTECT, related_name="rts", verbose_name=_("RW"))
    number = models.CharField(_("nomor"), max_length=3, validators=[_three_digits])
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("RT")
        ordering = ["rw", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rw", "number"], condition=Q(valid_to__isnull=True), name="one_valid_rt_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"RT {self.number} / RW {self.rw.number}"

    def get_absolute_url(self) -> str:
        return reverse("wilayah-rt", args=[self.rw.kelurahan.code, self.rw.number, self.number])


def get_or_create_rt(kelurahan: Kelurahan, rw: str, rt: str) -> RT:
    """The RT valid today with these numbers (three digits each), made if it is not there."""
    the_rw, _ = RW.objects.get_or_create(kelurahan=kelurahan, number=rw, valid_to=None)
    the_rt, _ = RT.objects.get_or_create(rw=the_rw, number=rt, valid_to=None)
    return the_rt


class ResidencyQuerySet(models.QuerySet["Residency"]):
    def active(self) -> ResidencyQuerySet:
        return self.filter(state=Residency.State.ACTIVE)

    def active_of(self, user: User | AnonymousUser) -> ResidencyQuerySet:
        """The residencies that open something to *user*; none for somebody who is not logged in."""
        if user.pk is None or not user.is_active:
            return self.none()
        return self.active().filter(user_id=user.pk)


class Residency(models.Model):
    """Who belongs to which RT, in which role. Only an active one opens anything."""

    class Role(models.TextChoices):
        WARGA = "warga", _("Warga")
        KETUA = "ketua", _("Ketua RT")
        # Helps in an RT without living there: belongs to it alone, not to its RW and kelurahan.
        PENJAGA = "penjaga", _("Penjaga")

    class State(models.TextChoices):
        PENDING = "pending", _("Menunggu persetujuan")
        ACTIVE = "active", _("Aktif")
        ENDED = "ended", _("Berakhir")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="residencies", verbose_name=_("akun")
    )
    rt = models.ForeignKey(RT, models.PROTECT, related_name="residencies", verbose_name=_("RT"))
    role = models.CharField(_("peran"), max_length=10, choices=Role, default=Role.WARGA)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.PENDING)
    since = models.DateTimeField(_("sejak"), default=timezone.now)
    until = models.DateTimeField(_("sampai"), null=True, blank=True)
    # Null: by the portal itself, or by the administration, which keeps a log of its own.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("disetujui oleh"),
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diakhiri oleh"),
    )

    objects = ResidencyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("kewargaan RT")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rt"], condition=~Q(state="ended"), name="one_running_residency_per_user_and_rt"
            ),
            models.UniqueConstraint(
                fields=["rt"],
                condition=Q(role="ketua", state="active"),
                name="one_head_per_rt",
                violation_error_message=_("RT ini sudah punya Ketua RT. Serahkan jabatannya, atau akhiri dulu."),
            ),
        ]
        indexes = [models.Index(fields=["user", "state"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} {self.rt}"

    def become(self, state: State, *, by: User | None = None) -> bool:
        """Turns it from the state that was read to *state*; False where somebody else turned it meanwhile."""
        with transaction.atomic():
            row = Residency.objects.select_for_update().filter(pk=self.pk, state=self.state).first()
            if row is None:
                return False
            row.state = state
            if state == self.State.ACTIVE:
                row.since, row.approved_by = timezone.now(), by
            elif state == self.State.ENDED:
                row.until, row.ended_by = timezone.now(), by
            row.save()  # not update(): whoever listens must hear of it
        self.state = row.state
        return True


def _scope(kind: str, place: str) -> Q:
    """The office *kind* names *place* and no other."""
    return Q(kind=kind, **{f"{one}__isnull": one != place for one in ("rw", "kelurahan", "kecamatan")})


class OfficeQuerySet(models.QuerySet["Office"]):
    def current(self) -> OfficeQuerySet:
        return self.filter(until__isnull=True)


class Office(models.Model):
    """An office that a person holds, and for which place; an officer of the situation room for the whole city. It ends, and stays."""

    class Kind(models.TextChoices):
        PETUGAS = "petugas", _("Petugas ruang pantau")
        KETUA_RW = "ketua_rw", _("Ketua RW")
        LURAH = "lurah", _("Lurah")
        CAMAT = "camat", _("Camat")

    # Offices of the city, which count only with a second factor.
    SECURED = frozenset({Kind.PETUGAS, Kind.LURAH, Kind.CAMAT})

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="offices", verbose_name=_("akun"))
    kind = models.CharField(_("jabatan"), max_length=10, choices=Kind, default=Kind.PETUGAS)
    rw = models.ForeignKey(
        RW, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("RW (untuk Ketua RW)")
    )
    kelurahan = models.ForeignKey(
        Kelurahan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("kelurahan (untuk lurah)"),
    )
    kecamatan = models.ForeignKey(
        Kecamatan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("kecamatan (untuk camat)"),
    )
    since = models.DateTimeField(_("sejak"), default=timezone.now)
    until = models.DateTimeField(_("sampai"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diangkat oleh"),
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("jabatan")
        constraints = [
            models.CheckConstraint(
                condition=_scope("petugas", "")
                | _scope("ketua_rw", "rw")
                | _scope("lurah", "kelurahan")
                | _scope("camat", "kecamatan"),
                name="office_has_its_place",
                violation_error_message=_ONE_PLACE,
            ),
            *(
                models.UniqueConstraint(
                    fields=[place],
                    condition=Q(until__isnull=True, **{f"{place}__isnull": False}),
                    name=f"one_holder_per_{place}",
                    violation_error_message=_("Jabatan ini sedang dipegang orang lain. Akhiri dulu yang lama."),
                )
                for place in ("rw", "kelurahan", "kecamatan")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.title}"

    @property
    def title(self) -> str:
        """``Petugas ruang pantau``, ``Ketua RW 005 Sekaran``, ``Lurah Sekaran`` or ``Camat Gunungpati``."""
        if self.rw is not None:
            return _("Ketua %(rw)s %(kelurahan)s") % {"rw": self.rw, "kelurahan": self.rw.kelurahan}
        place = self.kelurahan or self.kecamatan
        return f"{self.get_kind_display()} {place}" if place else self.get_kind_display()

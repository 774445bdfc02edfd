"""Records of cameras. Health and source stand in tables of their own: saving a camera's page can overwrite neither."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from neighborhoods.models import RT, Kelurahan
from neighborhoods.retelling import retold

from . import naming
from .levels import CLOSED as CLOSED
from .levels import NEEDS_RT as NEEDS_RT
from .levels import Visibility as Visibility
from .levels import at_most as at_most
from .levels import narrowest as narrowest
from .naming import Spot
from .reasons import CHOICES, Reason, mender

# Without look-alikes (0/o, 1/l/i), since people read these to each other over the phone.
_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
# What cameras.timetables writes into histories.
_BY_TIMETABLE = re.compile(r"jadwal (\S+)( selesai)?")


def new_public_id() -> str:
    """Ten letters, 49 bits: an address of a page, not a secret."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(10))


class Need(models.TextChoices):
    """Why somebody must look at a camera's view before others may again (cameras.confirming)."""

    NONE = "", _("Tidak perlu")
    MOVED = "moved", _("Kamera dipindah")
    ADDRESS = "address", _("Alamat kamera diganti")
    REPAIRED = "repaired", _("Kamera menyala lagi sesudah lama mati")
    SCENE = "scene", _("Gambarnya menunjukkan pemandangan lain")
    REPORTED = "reported", _("Dilaporkan melanggar privasi")


class Cause(models.TextChoices):
    """What switched a camera's visibility."""

    PERSON = "orang", _("orang")
    TIMETABLE = "jadwal", _("jadwal")
    SYSTEM = "sistem", _("sistem")


class Status(models.TextChoices):
    ONLINE = "online", _("Menyala")
    OFFLINE = "offline", _("Mati")
    UNKNOWN = "unknown", _("Belum diketahui")


class Category(models.TextChoices):
    LINGKUNGAN = "lingkungan", _("Lingkungan RT")
    LALU_LINTAS = "lalu_lintas", _("Lalu lintas")
    SUNGAI = "sungai", _("Sungai dan pompa")
    FASILITAS = "fasilitas", _("Fasilitas umum")


class Site(models.Model):
    """One device with several cameras, such as a recorder in a shop."""

    name = models.CharField(_("nama"), max_length=120)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("tempat")

    def __str__(self) -> str:
        return self.name


class Camera(models.Model):
    """One picture of one place."""

    public_id = models.CharField(_("kode"), max_length=16, unique=True, default=new_public_id, editable=False)
    name = models.CharField(
        _("nama"), max_length=120, help_text=_("Tempat, patokan, dan arah; misalnya “Pos kamling, arah Jl. Kartini”.")
    )
    category = models.CharField(_("kategori"), max_length=20, choices=Category, default=Category.LINGKUNGAN)
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="cameras", verbose_name=_("kelurahan"))
    rt = models.ForeignKey(RT, models.PROTECT, null=True, blank=True, related_name="cameras", verbose_name=_("RT"))
    latitude = models.FloatField(_("lintang"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(_("bujur"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    visibility = models.CharField(_("keterlihatan"), max_length=20, choices=Visibility, default=Visibility.WARGA_RT)
    # Who offered it, if a citizen did. Their account cannot be deleted before the camera is withdrawn: what was given out for it
    # could not be found any more.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cameras",
        verbose_name=_("pemilik"),
    )
    # The most that its owner agreed to; empty: nobody asked for a limit.
    widest = models.CharField(
        _("paling luas"), max_length=20, choices=Visibility, blank=True, default="", editable=False
    )
    site = models.ForeignKey(
        Site, models.SET_NULL, null=True, blank=True, related_name="cameras", verbose_name=_("tempat"), editable=False
    )
    purpose = models.CharField(
        _("tujuan"),
        max_length=200,
        blank=True,
        help_text=_("Untuk apa kamera ini dipasang; dibaca semua orang. Kosong: menurut kategori."),
    )
    # Somebody must look at the view before residents may again (cameras.confirming alone writes these), and the level it returns to.
    need = models.CharField(
        _("perlu dilihat karena"), max_length=10, choices=Need, default=Need.NONE, blank=True, editable=False
    )
    need_since = models.DateTimeField(null=True, editable=False)
    return_to = models.CharField(max_length=20, choices=Visibility, blank=True, default="", editable=False)
    confirmed_at = models.DateTimeField(_("pandangan dikonfirmasi"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("dikonfirmasi oleh"),
    )
    # Counts the changes of who may look. Playback addresses carry it, so that one given out before a change is dead after it.
    access_epoch = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("kamera")
        ordering = ["kelurahan", "name"]
        indexes = [
            # What a part of the map holds.
            models.Index(fields=["longitude", "latitude"], name="camera_on_map"),
            # All that the numbers of a city's places are counted by, so that the rows themselves need not be read.
            models.Index(fields=["kelurahan", "visibility", "category", "rt", "owner"], name="camera_counted"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A camera is never without its health, of which nothing is known at first."""
        with transaction.atomic():
            is_new = self._state.adding
            super().save(*args, **kwargs)
            if is_new:
                Health.objects.get_or_create(camera=self)

    def get_absolute_url(self) -> str:
        return reverse("kamera", args=[self.public_id])

    def clean(self) -> None:
        if self.visibility in NEEDS_RT and self.rt_id is None:
            raise ValidationError(
                {"visibility": gettext("Keterlihatan ini hanya untuk kamera milik RT. Pilih RT-nya lebih dulu.")}
            )
        if self.rt is not None and self.kelurahan_id is not None and self.rt.rw.kelurahan_id != self.kelurahan_id:
            raise ValidationError({"rt": gettext("RT ini tidak berada di kelurahan yang dipilih.")})

    @property
    def spot(self) -> Spot:
        """What a name is built of."""
        rw, rt = (self.rt.rw.number, self.rt.number) if self.rt else ("", "")
        return Spot(self.kelurahan.name, rw, rt, self.category)

    @property
    def shown_name(self) -> str:
        """What people read: its name, or a built one where that is like "CAM 1". Asks for the kelurahan and the RT."""
        return naming.shown(self.name, self.spot)

    @property
    def place(self) -> str:
        """``RT 003 / RW 005, Sekaran`` or, for a camera of no RT, the kelurahan alone."""
        return f"{self.rt}, {self.kelurahan}" if self.rt else str(self.kelurahan)


class Health(models.Model):
    """How a camera is, decided by cameras.health alone. Times are UTC."""

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="health")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UNKNOWN)
    reason = models.CharField(_("sebab"), max_length=20, choices=CHOICES, default=Reason.NONE, blank=True)
    since = models.DateTimeField(_("sejak"), default=timezone.now)
    failures = models.PositiveIntegerField(_("kegagalan beruntun"), default=0)
    observed_at = models.DateTimeField(_("terakhir diamati"), null=True, blank=True)
    due_at = models.DateTimeField(_("periksa lagi pada"), default=timezone.now, db_index=True)
    codec = models.CharField(_("format gambar"), max_length=10, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("kesehatan kamera")

    def __str__(self) -> str:
        return gettext("%(status)s sejak %(since)s") % {
            "status": self.get_status_display(),
            "since": format(self.since, "%d.%m.%Y %H:%M"),
        }

    @property
    def mender(self) -> str:
        return retold(mender(self.reason, belongs_to_rt=self.camera.rt_id is not None))


class StatusChange(models.Model):
    """One row for each change of status or reason; never changed, never erased."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="status_changes", verbose_name=_("kamera"))
    old_status = models.CharField(_("dari"), max_length=10, choices=Status)
    new_status = models.CharField(_("menjadi"), max_length=10, choices=Status)
    reason = models.CharField(_("sebab"), max_length=20, choices=CHOICES, blank=True)
    at = models.DateTimeField(_("kapan"))
    observer = models.CharField(_("diamati oleh"), max_length=10)

    class Meta:
        verbose_name = verbose_name_plural = _("riwayat status")
        ordering = ["-at"]
        indexes = [models.Index(fields=["camera", "-at"])]

    def __str__(self) -> str:
        return f"{self.old_status} → {self.new_status}"


class VisibilityChange(models.Model):
    """Who switched a camera's visibility, when and why; never changed, never erased."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="visibility_changes", verbose_name=_("kamera"))
    old = models.CharField(_("dari"), max_length=20, choices=Visibility)
    new = models.CharField(_("menjadi"), max_length=20, choices=Visibility)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    cause = models.CharField(_("penyebab"), max_length=10, choices=Cause, default=Cause.PERSON)
    at = models.DateTimeField(_("kapan"))
    reason = models.CharField(_("alasan"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("riwayat keterlihatan")
        ordering = ["-at"]
        indexes = [models.Index(fields=["camera", "-at"])]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def why(self) -> str:
        """The reason, in the reader's language where the portal wrote it."""
        hours = _BY_TIMETABLE.fullmatch(self.reason) if self.cause == Cause.TIMETABLE else None
        if hours is None:
            return retold(self.reason)
        words = gettext("jadwal %(hours)s selesai") if hours[2] else gettext("jadwal %(hours)s")
        return words % {"hours": hours[1]}

    @property
    def who(self) -> str:
        """The person's name, or ``jadwal`` or ``sistem``."""
        if self.by is not None:
            return self.by.get_full_name() or self.by.get_username()
        return str(Cause(self.cause).label) if self.cause != Cause.PERSON else gettext("sistem")


class CameraSource(models.Model):
    """Where the picture comes from, sealed (see cameras.sources). No serializer and no page ever reads these columns."""

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="source")
    sealed_address = models.TextField(editable=False)
    sealed_credentials = models.TextField(editable=False, blank=True)
    # Where the same camera sends small pictures, if it does.
    sealed_substream = models.TextField(editable=False, blank=True, default="")
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("sumber gambar")

    def __str__(self) -> str:
        return "tersegel"


# Django finds a room's records through this module.
from . import timetable_records, view_records  # noqa: E402, F401

"""Records of cameras. Health and source stand in tables of their own: saving a camera's page can overwrite neither."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from neighborhoods.models import RT, Kelurahan

from .reasons import CHOICES, Reason, mender

# Without look-alikes (0/o, 1/l/i), since people read these to each other over the phone.
_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_public_id() -> str:
    """Ten letters, 49 bits: an address of a page, not a secret."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(10))


class Visibility(models.TextChoices):
    """Who may look."""

    PUBLIK = "publik", "Publik: siapa saja"
    WARGA_RT = "warga_rt", "Warga RT ini saja"
    WARGA_RW = "warga_rw", "Warga satu RW"
    KELURAHAN = "kelurahan", "Warga satu kelurahan"
    PETUGAS = "petugas", "Petugas dan pengurus wilayah saja"
    MATI = "mati", "Ditutup: tidak seorang pun"


# From nobody to everybody.
_WIDTH = (
    Visibility.MATI,
    Visibility.PETUGAS,
    Visibility.WARGA_RT,
    Visibility.WARGA_RW,
    Visibility.KELURAHAN,
    Visibility.PUBLIK,
)


def at_most(level: str, widest: str) -> bool:
    """Whether *level* opens a camera to no more people than *widest* does; an empty *widest* is no limit."""
    return not widest or _WIDTH.index(Visibility(level)) <= _WIDTH.index(Visibility(widest))


def narrowest(*levels: str) -> Visibility:
    """Of some levels the one with which the fewest look; empty ones are none."""
    return min((Visibility(level) for level in levels if level), key=_WIDTH.index)


# No resident looks.
CLOSED = frozenset({Visibility.MATI, Visibility.PETUGAS})
# These mean nothing for a camera that belongs to no RT.
NEEDS_RT = frozenset({Visibility.WARGA_RT, Visibility.WARGA_RW})


class Need(models.TextChoices):
    """Why somebody must look at a camera's view before others may again (cameras.confirming)."""

    NONE = "", "Tidak perlu"
    MOVED = "moved", "Kamera dipindah"
    ADDRESS = "address", "Alamat kamera diganti"
    REPAIRED = "repaired", "Kamera menyala lagi sesudah lama mati"
    SCENE = "scene", "Gambarnya menunjukkan pemandangan lain"
    REPORTED = "reported", "Dilaporkan melanggar privasi"


class Cause(models.TextChoices):
    """What switched a camera's visibility."""

    PERSON = "orang", "orang"
    TIMETABLE = "jadwal", "jadwal"
    SYSTEM = "sistem", "sistem"


class Status(models.TextChoices):
    ONLINE = "online", "Menyala"
    OFFLINE = "offline", "Mati"
    UNKNOWN = "unknown", "Belum diketahui"


class Category(models.TextChoices):
    LINGKUNGAN = "lingkungan", "Lingkungan RT"
    LALU_LINTAS = "lalu_lintas", "Lalu lintas"
    SUNGAI = "sungai", "Sungai dan pompa"
    FASILITAS = "fasilitas", "Fasilitas umum"


class Site(models.Model):
    """One device with several cameras, such as a recorder in a shop."""

    name = models.CharField("nama", max_length=120)
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "tempat"

    def __str__(self) -> str:
        return self.name


class Camera(models.Model):
    """One picture of one place."""

    public_id = models.CharField("kode", max_length=16, unique=True, default=new_public_id, editable=False)
    name = models.CharField(
        "nama", max_length=120, help_text="Tempat, patokan, dan arah; misalnya “Pos kamling, arah Jl. Kartini”."
    )
    category = models.CharField("kategori", max_length=20, choices=Category, default=Category.LINGKUNGAN)
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="cameras", verbose_name="kelurahan")
    rt = models.ForeignKey(RT, models.PROTECT, null=True, blank=True, related_name="cameras", verbose_name="RT")
    latitude = models.FloatField("lintang", validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField("bujur", validators=[MinValueValidator(-180), MaxValueValidator(180)])
    visibility = models.CharField("keterlihatan", max_length=20, choices=Visibility, default=Visibility.WARGA_RT)
    # Who offered it, if a citizen did. Their account cannot be deleted before the camera is withdrawn: what was given out for it
    # could not be found any more.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cameras", verbose_name="pemilik"
    )
    # The most that its owner agreed to; empty: nobody asked for a limit.
    widest = models.CharField("paling luas", max_length=20, choices=Visibility, blank=True, default="", editable=False)
    site = models.ForeignKey(
        Site, models.SET_NULL, null=True, blank=True, related_name="cameras", verbose_name="tempat", editable=False
    )
    purpose = models.CharField(
        "tujuan",
        max_length=200,
        blank=True,
        help_text="Untuk apa kamera ini dipasang; dibaca semua orang. Kosong: menurut kategori.",
    )
    # Somebody must look at the view before residents may again (cameras.confirming alone writes these), and the level it returns to.
    need = models.CharField(
        "perlu dilihat karena", max_length=10, choices=Need, default=Need.NONE, blank=True, editable=False
    )
    need_since = models.DateTimeField(null=True, editable=False)
    return_to = models.CharField(max_length=20, choices=Visibility, blank=True, default="", editable=False)
    confirmed_at = models.DateTimeField("pandangan dikonfirmasi", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="dikonfirmasi oleh",
    )
    # Counts the changes of who may look. Playback addresses carry it, so that one given out before a change is dead after it.
    access_epoch = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "kamera"
        ordering = ["kelurahan", "name"]

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
                {"visibility": "Keterlihatan ini hanya untuk kamera milik RT. Pilih RT-nya lebih dulu."}
            )
        if self.rt is not None and self.kelurahan_id is not None and self.rt.rw.kelurahan_id != self.kelurahan_id:
            raise ValidationError({"rt": "RT ini tidak berada di kelurahan yang dipilih."})

    @property
    def place(self) -> str:
        """``RT 003 / RW 005, Sekaran`` or, for a camera of no RT, the kelurahan alone."""
        return f"{self.rt}, {self.kelurahan}" if self.rt else str(self.kelurahan)


class Health(models.Model):
    """How a camera is, decided by cameras.health alone. Times are UTC."""

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="health")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.UNKNOWN)
    reason = models.CharField("sebab", max_length=20, choices=CHOICES, default=Reason.NONE, blank=True)
    since = models.DateTimeField("sejak", default=timezone.now)
    failures = models.PositiveIntegerField("kegagalan beruntun", default=0)
    observed_at = models.DateTimeField("terakhir diamati", null=True, blank=True)
    due_at = models.DateTimeField("periksa lagi pada", default=timezone.now, db_index=True)
    codec = models.CharField("format gambar", max_length=10, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "kesehatan kamera"

    def __str__(self) -> str:
        return f"{self.get_status_display()} sejak {self.since:%d.%m.%Y %H:%M}"

    @property
    def mender(self) -> str:
        return mender(self.reason, belongs_to_rt=self.camera.rt_id is not None)


class StatusChange(models.Model):
    """One row for each change of status or reason; never changed, never erased."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="status_changes", verbose_name="kamera")
    old_status = models.CharField("dari", max_length=10, choices=Status)
    new_status = models.CharField("menjadi", max_length=10, choices=Status)
    reason = models.CharField("sebab", max_length=20, choices=CHOICES, blank=True)
    at = models.DateTimeField("kapan")
    observer = models.CharField("diamati oleh", max_length=10)

    class Meta:
        verbose_name = verbose_name_plural = "riwayat status"
        ordering = ["-at"]
        indexes = [models.Index(fields=["camera", "-at"])]

    def __str__(self) -> str:
        return f"{self.old_status} → {self.new_status}"


class VisibilityChange(models.Model):
    """Who switched a camera's visibility, when and why; never changed, never erased."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="visibility_changes", verbose_name="kamera")
    old = models.CharField("dari", max_length=20, choices=Visibility)
    new = models.CharField("menjadi", max_length=20, choices=Visibility)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    cause = models.CharField("penyebab", max_length=10, choices=Cause, default=Cause.PERSON)
    at = models.DateTimeField("kapan")
    reason = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "riwayat keterlihatan"
        ordering = ["-at"]
        indexes = [models.Index(fields=["camera", "-at"])]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def who(self) -> str:
        """The person's name, or ``jadwal`` or ``sistem``."""
        if self.by is not None:
            return self.by.get_full_name() or self.by.get_username()
        return str(Cause(self.cause).label) if self.cause != Cause.PERSON else "sistem"


class CameraSource(models.Model):
    """Where the picture comes from, sealed (see cameras.sources). No serializer and no page ever reads these columns."""

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="source")
    sealed_address = models.TextField(editable=False)
    sealed_credentials = models.TextField(editable=False, blank=True)
    # Where the same camera sends small pictures, if it does.
    sealed_substream = models.TextField(editable=False, blank=True, default="")
    updated_at = models.DateTimeField("diperbarui", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "sumber gambar"

    def __str__(self) -> str:
        return "tersegel"


# Django finds a room's records through this module.
from . import timetable_records, view_records  # noqa: E402, F401

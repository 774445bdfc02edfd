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
    PETUGAS = "petugas", "Petugas dan Ketua RT saja"
    MATI = "mati", "Ditutup: tidak seorang pun"


# These mean nothing for a camera that belongs to no RT.
NEEDS_RT = frozenset({Visibility.WARGA_RT, Visibility.WARGA_RW})


class Status(models.TextChoices):
    ONLINE = "online", "Menyala"
    OFFLINE = "offline", "Mati"
    UNKNOWN = "unknown", "Belum diketahui"


class Category(models.TextChoices):
    LINGKUNGAN = "lingkungan", "Lingkungan RT"
    LALU_LINTAS = "lalu_lintas", "Lalu lintas"
    SUNGAI = "sungai", "Sungai dan pompa"
    FASILITAS = "fasilitas", "Fasilitas umum"


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
    at = models.DateTimeField("kapan")
    reason = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "riwayat keterlihatan"
        ordering = ["-at"]
        indexes = [models.Index(fields=["camera", "-at"])]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class CameraSource(models.Model):
    """Where the picture comes from, sealed (see cameras.sources). No serializer and no page ever reads these columns."""

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="source")
    sealed_address = models.TextField(editable=False)
    sealed_credentials = models.TextField(editable=False, blank=True)
    updated_at = models.DateTimeField("diperbarui", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "sumber gambar"

    def __str__(self) -> str:
        return "tersegel"

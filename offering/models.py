"""Records of offers. The typed address and the credentials are sealed from the first moment (cameras.sources)."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from cameras.models import Camera, Site, Visibility, new_public_id
from neighborhoods.models import RT, Kelurahan


class Kind(models.TextChoices):
    """What stands behind the camera."""

    RUMAH = "rumah", "Rumah"
    KANTOR = "kantor", "Kantor"
    TOKO = "toko", "Toko"
    SEKOLAH = "sekolah", "Sekolah"
    MAL = "mal", "Mal"


class State(models.TextChoices):
    """The way of an offer; ``offering.offers`` and ``offering.deciding`` say who may turn it."""

    DRAFT = "draft", "Belum berhasil dicoba"
    TRIED = "tried", "Sudah dicoba, belum ditawarkan"
    OFFERED = "offered", "Menunggu Ketua RT"
    APPROVED = "approved", "Disetujui Ketua RT, menunggu petugas"
    LIVE = "live", "Disetujui, kamera sudah tampil"
    REFUSED = "refused", "Belum dapat diterima"
    WITHDRAWN = "withdrawn", "Ditarik"


# These hold no address, no credentials and no picture any more.
OVER = frozenset({State.REFUSED, State.WITHDRAWN})
EARLY = frozenset({State.DRAFT, State.TRIED})
WAITING = frozenset({State.OFFERED, State.APPROVED})


class Offer(models.Model):
    """One camera, or one recorder with several, that a citizen offers."""

    public_id = models.CharField("kode", max_length=16, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="offers", verbose_name="pemilik")
    kind = models.CharField("jenis tempat", max_length=10, choices=Kind)
    name = models.CharField("nama", max_length=100)
    contact = models.CharField("kontak", max_length=100)
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="+", verbose_name="kelurahan")
    rt = models.ForeignKey(RT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="RT")
    latitude = models.FloatField("lintang", validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField("bujur", validators=[MinValueValidator(-180), MaxValueValidator(180)])
    wish = models.CharField("paling luas dilihat oleh", max_length=20, choices=Visibility)
    # What the head decided, never wider than the wish.
    granted = models.CharField("dibuka untuk", max_length=20, choices=Visibility, blank=True, default="")
    consent_version = models.CharField("versi persetujuan", max_length=20)
    consented_at = models.DateTimeField("disetujui pada", default=timezone.now)
    sealed_address = models.TextField(editable=False, blank=True)
    sealed_credentials = models.TextField(editable=False, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.DRAFT)
    since = models.DateTimeField("sejak", default=timezone.now)
    # What the last trial found wrong, in words for people; and since when one is running.
    problem = models.CharField("kendala", max_length=300, blank=True)
    trying_since = models.DateTimeField("dicoba sejak", null=True, blank=True)
    site = models.ForeignKey(
        Site, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="tempat", editable=False
    )
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "tawaran kamera"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "rt"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tawaran", args=[self.public_id])

    @property
    def place(self) -> str:
        return f"{self.rt}, {self.kelurahan}" if self.rt else str(self.kelurahan)


class Channel(models.Model):
    """One picture of an offer, as the trial found it. *still*: JPEG, kept only until it is decided."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="channels", verbose_name="tawaran")
    number = models.PositiveSmallIntegerField("nomor")
    chosen = models.BooleanField("ditawarkan", default=True)
    codec = models.CharField("format gambar", max_length=10, blank=True)
    sealed_address = models.TextField(editable=False, blank=True)
    sealed_substream = models.TextField(editable=False, blank=True)
    still = models.BinaryField(null=True, blank=True)
    camera = models.OneToOneField(
        Camera, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kamera"
    )

    class Meta:
        verbose_name = verbose_name_plural = "gambar tawaran"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_channel_per_number")]

    def __str__(self) -> str:
        return f"{self.offer} {self.number}"


class OfferChange(models.Model):
    """Who turned an offer, when and why; never changed, never erased."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="changes", verbose_name="tawaran")
    old = models.CharField("dari", max_length=10, choices=State)
    new = models.CharField("menjadi", max_length=10, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("kapan")
    reason = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "riwayat tawaran"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

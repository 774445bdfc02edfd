"""Records of offers. The typed address and the credentials are sealed from the first moment (cameras.sources)."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera, Site, Visibility, new_public_id
from neighborhoods.models import RT, Kelurahan


class Kind(models.TextChoices):
    """What stands behind the camera."""

    RUMAH = "rumah", _("Rumah")
    KANTOR = "kantor", _("Kantor")
    TOKO = "toko", _("Toko")
    SEKOLAH = "sekolah", _("Sekolah")
    MAL = "mal", _("Mal")


class State(models.TextChoices):
    """The way of an offer; ``offering.offers`` and ``offering.deciding`` say who may turn it."""

    DRAFT = "draft", _("Belum berhasil dicoba")
    TRIED = "tried", _("Sudah dicoba, belum ditawarkan")
    OFFERED = "offered", _("Menunggu Ketua RT")
    APPROVED = "approved", _("Disetujui Ketua RT, menunggu petugas")
    LIVE = "live", _("Disetujui, kamera sudah tampil")
    REFUSED = "refused", _("Belum dapat diterima")
    WITHDRAWN = "withdrawn", _("Ditarik")


# These hold no address, no credentials and no picture any more.
OVER = frozenset({State.REFUSED, State.WITHDRAWN})
EARLY = frozenset({State.DRAFT, State.TRIED})
WAITING = frozenset({State.OFFERED, State.APPROVED})


class Offer(models.Model):
    """One camera, or one recorder with several, that a citizen offers."""

    public_id = models.CharField(_("kode"), max_length=16, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="offers", verbose_name=_("pemilik")
    )
    kind = models.CharField(_("jenis tempat"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=100)
    contact = models.CharField(_("kontak"), max_length=100)
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    rt = models.ForeignKey(RT, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("RT"))
    latitude = models.FloatField(_("lintang"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(_("bujur"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    wish = models.CharField(_("paling luas dilihat oleh"), max_length=20, choices=Visibility)
    # What the head decided, never wider than the wish.
    granted = models.CharField(_("dibuka untuk"), max_length=20, choices=Visibility, blank=True, default="")
    consent_version = models.CharField(_("versi persetujuan"), max_length=20)
    consented_at = models.DateTimeField(_("disetujui pada"), default=timezone.now)
    sealed_address = models.TextField(editable=False, blank=True)
    sealed_credentials = models.TextField(editable=False, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    since = models.DateTimeField(_("sejak"), default=timezone.now)
    # What the last trial found wrong, in words for people; and since when one is running.
    problem = models.CharField(_("kendala"), max_length=300, blank=True)
    trying_since = models.DateTimeField(_("dicoba sejak"), null=True, blank=True)
    site = models.ForeignKey(
        Site, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tempat"), editable=False
    )
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("tawaran kamera")
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

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="channels", verbose_name=_("tawaran"))
    number = models.PositiveSmallIntegerField(_("nomor"))
    chosen = models.BooleanField(_("ditawarkan"), default=True)
    codec = models.CharField(_("format gambar"), max_length=10, blank=True)
    sealed_address = models.TextField(editable=False, blank=True)
    sealed_substream = models.TextField(editable=False, blank=True)
    still = models.BinaryField(null=True, blank=True)
    camera = models.OneToOneField(
        Camera, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("kamera")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("gambar tawaran")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_channel_per_number")]

    def __str__(self) -> str:
        return f"{self.offer} {self.number}"


class OfferChange(models.Model):
    """Who turned an offer, when and why; never changed, never erased."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="changes", verbose_name=_("tawaran"))
    old = models.CharField(_("dari"), max_length=10, choices=State)
    new = models.CharField(_("menjadi"), max_length=10, choices=State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("kapan"))
    reason = models.CharField(_("alasan"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("riwayat tawaran")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

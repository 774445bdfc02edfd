"""Records of reports. Words and steps stay; the picture goes after INCIDENT_PICTURE_DAYS, or when its report is withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera, new_public_id
from neighborhoods.models import RT
from neighborhoods.names import name_of


class Category(models.TextChoices):
    """What a report is about; OFFICER_CATEGORIES says which of them the city's officers hear of too."""

    KEAMANAN = "keamanan", _("Keamanan")
    KEBAKARAN = "kebakaran", _("Kebakaran")
    BANJIR = "banjir", _("Banjir atau rob")
    JALAN = "jalan", _("Lampu atau jalan")
    SAMPAH = "sampah", _("Sampah")
    KAMERA = "kamera", _("Kamera rusak")
    LAINNYA = "lainnya", _("Lainnya")


class State(models.TextChoices):
    """The way of a report; ``incidents.handling`` turns it."""

    OPEN = "open", _("Menunggu")
    HANDLED = "handled", _("Sedang ditangani")
    CLOSED = "closed", _("Selesai")
    WITHDRAWN = "withdrawn", _("Ditarik pelapor")


# Something is still to be done.
RUNNING = frozenset({State.OPEN, State.HANDLED})


class Incident(models.Model):
    """One report. *rt* is null only for one of a camera that belongs to no RT. *place*: words, as they were when it was made."""

    public_id = models.CharField(_("kode"), max_length=16, unique=True, default=new_public_id, editable=False)
    rt = models.ForeignKey(RT, models.PROTECT, null=True, related_name="incidents", verbose_name=_("RT"))
    camera = models.ForeignKey(
        Camera, models.SET_NULL, null=True, blank=True, related_name="incidents", verbose_name=_("kamera")
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="incidents", verbose_name=_("pelapor")
    )
    category = models.CharField(_("jenis"), max_length=10, choices=Category)
    words = models.TextField(_("apa yang terjadi"), max_length=1000)
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("lintang"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("bujur"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.OPEN)
    at = models.DateTimeField(_("kapan"), default=timezone.now)
    since = models.DateTimeField(_("sejak"), default=timezone.now)
    # Made by the reporter's browser, so that what is sent twice is one report.
    key = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("laporan")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reporter", "key"], condition=~Q(key=""), name="one_incident_per_key")
        ]
        indexes = [models.Index(fields=["rt", "state", "-at"]), models.Index(fields=["reporter", "-at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("satu-laporan", args=[self.public_id])

    @property
    def title(self) -> str:
        """``Keamanan: Pos kamling, arah Jl. Kartini``."""
        return f"{self.get_category_display()}: {self.place}" if self.place else str(self.get_category_display())

    @property
    def running(self) -> bool:
        return self.state in RUNNING


class Picture(models.Model):
    """The still that the reporter saw, as JPEG."""

    incident = models.OneToOneField(Incident, models.CASCADE, primary_key=True, related_name="picture")
    data = models.BinaryField(editable=False)
    taken_at = models.DateTimeField(_("diambil"))

    class Meta:
        verbose_name = verbose_name_plural = _("gambar laporan")

    def __str__(self) -> str:
        return f"{self.incident_id}, {self.taken_at:%d.%m.%Y %H:%M}"


class IncidentStep(models.Model):
    """Who turned a report, when and why; never changed, never erased."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="steps", verbose_name=_("laporan"))
    old = models.CharField(_("dari"), max_length=10, choices=State, blank=True)
    new = models.CharField(_("menjadi"), max_length=10, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("kapan"))
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("riwayat laporan")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def who(self) -> str:
        return name_of(self.by)

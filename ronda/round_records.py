"""Records of rounds: who looked at which camera when, and what they found. Never erased; marks are never changed either."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera, new_public_id
from incidents.models import Incident
from neighborhoods.models import RT


class Verdict(models.TextChoices):
    SAFE = "aman", _("Aman")
    REPORTED = "lapor", _("Dilaporkan")
    DEAD = "mati", _("Kamera mati")
    SKIPPED = "lewat", _("Dilewati")


# Somebody saw the picture. Of the others nobody knows what was there: a gap.
LOOKED = frozenset({Verdict.SAFE, Verdict.REPORTED})


class Round(models.Model):
    """One person goes through the cameras of an RT. *scheduled*: they were on the night's roster; *in_hours*: it was time to watch."""

    id = models.CharField(primary_key=True, max_length=16, default=new_public_id, editable=False)
    rt = models.ForeignKey(RT, models.PROTECT, related_name="+", verbose_name=_("RT"))
    night = models.DateField(_("malam"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("peronda")
    )
    scheduled = models.BooleanField(_("terjadwal"))
    in_hours = models.BooleanField(_("pada jamnya"))
    started_at = models.DateTimeField(_("mulai"), default=timezone.now)
    finished_at = models.DateTimeField(_("selesai"), null=True)
    # Why it ended before every camera was looked at.
    ending = models.CharField(_("alasan berhenti"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("ronda")
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["rt", "-night"])]
        constraints = [
            models.UniqueConstraint(
                fields=["rt", "night", "by"],
                condition=Q(finished_at__isnull=True),
                name="one_unfinished_round_per_night_and_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rt} {self.night}"

    def get_absolute_url(self) -> str:
        return reverse("ronda-satu", args=[self.pk])


class Stop(models.Model):
    """A camera of a round, as it was called then, and what holds of it now: the newest of its marks."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="stops")
    camera = models.ForeignKey(Camera, models.SET_NULL, null=True, related_name="+", verbose_name=_("kamera"))
    name = models.CharField(_("nama kamera"), max_length=120)
    position = models.PositiveSmallIntegerField(_("urutan"))
    verdict = models.CharField(_("hasil"), max_length=10, choices=Verdict, blank=True)
    marked_at = models.DateTimeField(_("kapan"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("kamera dalam ronda")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="one_stop_per_position")]

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}"


class Mark(models.Model):
    """What somebody found at a stop. *key* is made by the phone: the same one sent twice is one mark. *at* is when it was made,
    *received_at* when it came: a phone without a connection sends later.
    """

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="marks")
    round = models.ForeignKey(Round, models.CASCADE, related_name="marks")
    key = models.CharField(max_length=64, editable=False)
    verdict = models.CharField(_("hasil"), max_length=10, choices=Verdict)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+", verbose_name=_("laporan"))
    at = models.DateTimeField(_("kapan"))
    received_at = models.DateTimeField(_("diterima"))

    class Meta:
        verbose_name = verbose_name_plural = _("tanda ronda")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="one_mark_per_key")]

    def __str__(self) -> str:
        return f"{self.stop_id}: {self.verdict}"


class Presence(models.Model):
    """*person* came to watch this night: they began a round, or somebody who did said that they were there."""

    rt = models.ForeignKey(RT, models.PROTECT, related_name="+", verbose_name=_("RT"))
    night = models.DateField(_("malam"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("warga")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("dicatat oleh")
    )
    at = models.DateTimeField(_("kapan"))

    class Meta:
        verbose_name = verbose_name_plural = _("kehadiran ronda")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["rt", "night", "person"], name="one_presence_per_night")]

    def __str__(self) -> str:
        return f"{self.rt} {self.night}: {self.person}"

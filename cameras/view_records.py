"""Records of what a camera shows: why somebody had to look, who did, and who complained."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Camera, Need


class ViewEvent(models.Model):
    """A view came into doubt (*need*), or somebody looked and confirmed it (*need* empty); never changed, never erased."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="view_events", verbose_name=gettext_lazy("kamera"))
    need = models.CharField(gettext_lazy("sebab"), max_length=10, choices=Need, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("oleh")
    )
    at = models.DateTimeField(gettext_lazy("kapan"))
    note = models.CharField(gettext_lazy("catatan"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("riwayat pandangan")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["camera", "-at"])]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return str(Need(self.need).label) if self.need else _("Pandangan dikonfirmasi")

    @property
    def who(self) -> str:
        return (self.by.get_full_name() or self.by.get_username()) if self.by else _("sistem")


class PrivacyReport(models.Model):
    """Somebody finds that a view violates privacy. *reporter* is a keyed hash of the account or of the network address, so that
    distinct people can be counted without keeping who they are; *account* only where they were logged in.
    """

    camera = models.ForeignKey(
        Camera, models.CASCADE, related_name="privacy_reports", verbose_name=gettext_lazy("kamera")
    )
    reporter = models.CharField(gettext_lazy("pelapor"), max_length=40)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("akun"),
    )
    reason = models.CharField(gettext_lazy("alasan"), max_length=500)
    at = models.DateTimeField(gettext_lazy("kapan"))
    answer = models.CharField(gettext_lazy("jawaban"), max_length=500, blank=True)
    answered_at = models.DateTimeField(gettext_lazy("dijawab"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("dijawab oleh")
    )

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("laporan privasi")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["camera", "-at"]), models.Index(fields=["reporter", "-at"])]

    def __str__(self) -> str:
        return f"{self.camera_id}, {self.at:%d.%m.%Y}"

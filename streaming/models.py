"""Records of what was watched, and of what cameras used to show. No picture is kept here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cameras.models import Camera


class Scene(models.Model):
    """What a camera used to show, as signatures (streaming.remembering), from which no picture can be made."""

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="scene")
    memory = models.TextField(editable=False, default="")
    looked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("pemandangan kamera")

    def __str__(self) -> str:
        return _("pemandangan %(camera_id)s") % {"camera_id": self.camera_id}


class Viewing(models.Model):
    """Somebody watched a camera from *began_at* until *seen_until*. *account* is null for people without one; *viewer* tells one page
    from another and is random for them. Erased after VIEWING_LOG_DAYS.
    """

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="viewings", verbose_name=gettext_lazy("kamera"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=gettext_lazy("akun")
    )
    viewer = models.CharField(max_length=24)
    began_at = models.DateTimeField(gettext_lazy("mulai"))
    seen_until = models.DateTimeField(gettext_lazy("sampai"))
    closed = models.BooleanField(gettext_lazy("selesai"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("catatan tontonan")
        ordering = ["-began_at"]
        constraints = [models.UniqueConstraint(fields=["camera", "viewer", "began_at"], name="one_row_per_viewing")]
        indexes = [
            models.Index(fields=["camera", "began_at"]),
            models.Index(fields=["seen_until"]),
            models.Index(fields=["closed"], condition=Q(closed=False), name="viewings_under_way"),
        ]

    def __str__(self) -> str:
        return f"{self.camera_id}, {self.began_at:%d.%m.%Y %H:%M}"


class NamesLook(models.Model):
    """Somebody who manages a camera looked who had watched it, and said why; never changed, never erased."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="names_looks", verbose_name=gettext_lazy("kamera"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("oleh")
    )
    at = models.DateTimeField(gettext_lazy("kapan"))
    reason = models.CharField(gettext_lazy("alasan"), max_length=200)
    first_day = models.DateField(gettext_lazy("dari tanggal"))
    last_day = models.DateField(gettext_lazy("sampai tanggal"))

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("pembukaan nama penonton")
        ordering = ["-at"]
        indexes = [models.Index(fields=["camera", "-at"])]

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%d.%m.%Y}"

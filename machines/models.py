"""Records of tokens. The secret itself is never kept: only what it hashes to."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a machine may ask. There is none for changing anything: switches are for people."""

    READ_STATUS = "read:status", _("Jumlah kamera menyala dan mati")
    READ_CAMERAS = "read:cameras", _("Daftar kamera, wilayah, dan peta")
    WATCH = "watch", _("Gambar: tayangan langsung dan gambar terakhir")


class MachineToken(models.Model):
    """Lets a program ask the API in its owner's name, within its scopes. Kept for good, also after its end."""

    name = models.CharField(_("nama"), max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="machine_tokens", verbose_name=_("pemilik")
    )
    # SHA-256, in hex, of a secret of 256 random bits: there is nothing to guess, so no slow hash is needed.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("cakupan"), default=list)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("dicabut oleh"),
    )
    last_used_at = models.DateTimeField(_("terakhir dipakai"), null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("token mesin")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def valid(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes if scope in Scope.values]

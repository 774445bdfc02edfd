"""Records of how people came: invitations, who came by them, and reset links that were handed out. None is ever erased."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighborhoods.models import RT, Residency


def new_salt() -> str:
    return secrets.token_hex(8)


class Invitation(models.Model):
    """A poster's worth of permission to ask for a place in an RT. Its address is signed (accounts.tokens), not stored."""

    class Role(models.TextChoices):
        WARGA = Residency.Role.WARGA.value, gettext_lazy("Warga")
        PENJAGA = Residency.Role.PENJAGA.value, gettext_lazy("Penjaga (tidak tinggal di RT ini)")

    rt = models.ForeignKey(RT, models.PROTECT, related_name="invitations", verbose_name=gettext_lazy("RT"))
    role = models.CharField(gettext_lazy("untuk"), max_length=10, choices=Role, default=Role.WARGA)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=gettext_lazy("dibuat oleh")
    )
    made_at = models.DateTimeField(gettext_lazy("dibuat"), default=timezone.now)
    valid_until = models.DateTimeField(gettext_lazy("berlaku sampai"))
    uses = models.PositiveIntegerField(gettext_lazy("untuk berapa orang"))
    used = models.PositiveIntegerField(gettext_lazy("sudah dipakai"), default=0)
    revoked_at = models.DateTimeField(gettext_lazy("dicabut"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("dicabut oleh"),
    )
    salt = models.CharField(max_length=16, default=new_salt, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("undangan")
        ordering = ["-made_at"]
        constraints = [models.CheckConstraint(condition=Q(used__lte=F("uses")), name="no_more_uses_than_granted")]

    def __str__(self) -> str:
        return _("Undangan %(role)s %(rt)s") % {"role": self.get_role_display(), "rt": self.rt}

    @property
    def left(self) -> int:
        return self.uses - self.used

    def is_open(self) -> bool:
        """Whether somebody may still come by it today."""
        return self.revoked_at is None and self.left > 0 and self.valid_until > timezone.now()


class Joining(models.Model):
    """Who asked for a place by which invitation."""

    invitation = models.ForeignKey(
        Invitation, models.PROTECT, related_name="joinings", verbose_name=gettext_lazy("undangan")
    )
    residency = models.OneToOneField(
        Residency, models.CASCADE, related_name="joining", verbose_name=gettext_lazy("kewargaan")
    )
    at = models.DateTimeField(gettext_lazy("kapan"), default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("kedatangan")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.residency.user} · {self.at:%d.%m.%Y}"


class ResetLink(models.Model):
    """A link for a new password that somebody handed out, since its receiver has no e-mail. The link itself is not stored."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reset_links", verbose_name=gettext_lazy("untuk")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=gettext_lazy("dibuat oleh")
    )
    made_at = models.DateTimeField(gettext_lazy("dibuat"), default=timezone.now)
    used_at = models.DateTimeField(gettext_lazy("dipakai"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("tautan kata sandi")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.made_at:%d.%m.%Y}"

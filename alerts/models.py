"""Records of alarms, of who may not sound any for a time, and of the browsers that push reaches."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from neighborhoods.models import RT
from neighborhoods.names import name_of


class Kind(models.TextChoices):
    """What the kentongan is sounded for."""

    MALING = "maling", _("Maling")
    KEBAKARAN = "kebakaran", _("Kebakaran")
    BANJIR = "banjir", _("Banjir")
    MEDIS = "medis", _("Orang sakit")
    LAINNYA = "lainnya", _("Bahaya lain")


class State(models.TextChoices):
    """The way of an alarm; ``alerts.answering`` turns it."""

    RINGING = "ringing", _("Berbunyi")
    ANSWERED = "answered", _("Ada yang datang")
    ENDED = "ended", _("Selesai")


class Ending(models.TextChoices):
    """How an alarm ended."""

    SAFE = "aman", _("Sudah aman")
    FALSE = "palsu", _("Alarm keliru")
    FORGOTTEN = "lewat", _("Lewat waktu")


class Alarm(models.Model):
    """Somebody sounded the kentongan of an RT. While one of a kind is not over, who sounds the same joins it. Never erased."""

    rt = models.ForeignKey(RT, models.PROTECT, related_name="alarms", verbose_name=_("RT"))
    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="alarms", verbose_name=_("dibunyikan oleh")
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    note = models.CharField(_("keterangan"), max_length=140, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.RINGING)
    ending = models.CharField(_("akhir"), max_length=10, choices=Ending, blank=True, default="")
    at = models.DateTimeField(_("kapan"), default=timezone.now)
    # Made by the caller's browser, so that what is sent twice rings once.
    key = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("kentongan")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rt", "kind"], condition=~Q(state="ended"), name="one_running_alarm_per_rt_and_kind"
            ),
            models.UniqueConstraint(fields=["caller", "key"], condition=~Q(key=""), name="one_alarm_per_key"),
        ]
        indexes = [models.Index(fields=["rt", "-at"]), models.Index(fields=["caller", "-at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.rt}"

    def get_absolute_url(self) -> str:
        return reverse("kentongan-bunyi", args=[self.pk])

    @property
    def tag(self) -> str:
        """Under which browsers show what is told of it: the newest takes the place of the one before."""
        return f"kentongan-{self.pk}"


class What(models.TextChoices):
    """What somebody did with an alarm."""

    RANG = "rang", _("membunyikan")
    JOINED = "joined", _("ikut membunyikan")
    COMING = "coming", _("datang")
    ENDED = "ended", _("mengakhiri")


class AlarmStep(models.Model):
    """Who did what with an alarm, and when; never changed, never erased. *by* is null where it ended by itself."""

    alarm = models.ForeignKey(Alarm, models.PROTECT, related_name="steps", verbose_name=_("kentongan"))
    what = models.CharField(_("apa"), max_length=10, choices=What)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("kapan"))
    words = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("riwayat kentongan")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alarm", "by", "what"], condition=~Q(what="ended"), name="one_step_of_a_sort_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.get_what_display()}"

    @property
    def who(self) -> str:
        return name_of(self.by)


class Mute(models.Model):
    """Somebody may not sound an RT's kentongan until *until*, or until it is lifted; never erased."""

    rt = models.ForeignKey(RT, models.PROTECT, related_name="mutes", verbose_name=_("RT"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mutes", verbose_name=_("warga"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("kapan"), default=timezone.now)
    until = models.DateTimeField(_("sampai"))
    reason = models.CharField(_("alasan"), max_length=200)
    lifted_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dicabut oleh")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("jeda kentongan")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["rt", "person", "until"])]

    def __str__(self) -> str:
        return f"{name_of(self.person)}, {self.until:%d.%m.%Y}"


class Subscription(models.Model):
    """A browser that push reaches, for whoever is logged in there. *endpoint* is a secret of that browser: who knows it and our key
    can reach it, so no page and no answer shows it; *digest* tells one from another.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions", verbose_name=_("akun")
    )
    endpoint = models.TextField(editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    p256dh = models.CharField(max_length=120, editable=False)
    auth = models.CharField(max_length=40, editable=False)
    # In which that browser reads the portal.
    language = models.CharField(_("bahasa"), max_length=10, default="id")
    made_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    reached_at = models.DateTimeField(_("terakhir sampai"), null=True, blank=True)
    # In a row; a browser that is gone for good is said to be gone by its push service.
    failures = models.PositiveSmallIntegerField(_("kegagalan beruntun"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("peramban berlangganan")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return name_of(self.person)

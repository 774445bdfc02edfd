"""Records of the roster: hours, who watches on which weekday, what is different on single nights, and swaps.

None of these rows is ever changed into another meaning or erased: what ends gets an end, and what is different gets a row of its own.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from neighborhoods.models import RT

from .nights import WatchHours


class HoursSetting(models.Model):
    """From when to when an RT watches, from the night *first_night* on, until a newer row; in the city's time."""

    rt = models.ForeignKey(RT, models.PROTECT, related_name="+", verbose_name=_("RT"))
    begins = models.TimeField(_("mulai"))
    ends = models.TimeField(_("sampai"))
    first_night = models.DateField(_("malam pertama"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("dibuat oleh")
    )
    made_at = models.DateTimeField(_("dibuat"), default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("jam ronda")
        ordering = ["first_night", "pk"]
        indexes = [models.Index(fields=["rt", "first_night"])]

    def __str__(self) -> str:
        return str(self.hours)

    @property
    def hours(self) -> WatchHours:
        return WatchHours(self.begins, self.ends)


class DutyQuerySet(models.QuerySet["WeeklyDuty"]):
    def within(self, first: date, last: date) -> DutyQuerySet:
        """Those that hold on some night from *first* to *last*."""
        return self.filter(first_night__lte=last).filter(Q(last_night__isnull=True) | Q(last_night__gte=first))


class WeeklyDuty(models.Model):
    """Somebody watches every week on *weekday* (ISO, 1 is Monday, of the evening). All of one weekday are its group, "regu Senin"."""

    rt = models.ForeignKey(RT, models.PROTECT, related_name="+", verbose_name=_("RT"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("warga")
    )
    weekday = models.PositiveSmallIntegerField(_("hari"))
    first_night = models.DateField(_("malam pertama"))
    # Before the first night: it ended before it began.
    last_night = models.DateField(_("malam terakhir"), null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("dibuat oleh")
    )
    made_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("diakhiri oleh")
    )
    ended_at = models.DateTimeField(_("diakhiri"), null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("regu ronda")
        ordering = ["weekday", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rt", "person", "weekday"],
                condition=Q(last_night__isnull=True),
                name="one_running_duty_per_weekday",
            ),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="duty_has_a_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.rt} {self.weekday}: {self.person}"


class SwapState(models.TextChoices):
    OPEN = "terbuka", _("Menunggu jawaban")
    ACCEPTED = "diterima", _("Diterima")
    REFUSED = "ditolak", _("Tidak bisa")
    WITHDRAWN = "ditarik", _("Ditarik")


class Swap(models.Model):
    """*asker* looks for somebody who watches *night* in their place: *asked*, or anybody of the RT where it is empty; and watches
    *in_return* instead of whoever accepts, if it says so.
    """

    State = SwapState

    rt = models.ForeignKey(RT, models.PROTECT, related_name="+", verbose_name=_("RT"))
    night = models.DateField(_("malam"))
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("yang meminta")
    )
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("yang diminta")
    )
    in_return = models.DateField(_("gantinya"), null=True)
    note = models.CharField(_("pesan"), max_length=200, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=SwapState, default=SwapState.OPEN)
    opened_at = models.DateTimeField(_("diminta"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("dijawab oleh")
    )
    settled_at = models.DateTimeField(_("dijawab"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("tukar ronda")
        ordering = ["night", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rt", "night", "asker"], condition=Q(state="terbuka"), name="one_open_swap_per_night"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rt} {self.night}: {self.asker}"


class Why(models.TextChoices):
    """Why a night differs from the week's roster."""

    HEAD = "ketua", _("diatur Ketua RT")
    SWAP = "tukar", _("bertukar")
    AWAY = "berhalangan", _("berhalangan")
    BACK = "kembali", _("jadi bisa datang")


class NightChange(models.Model):
    """On this night *person* watches (*on*), or does not. Of several rows about the same night and person the newest holds."""

    rt = models.ForeignKey(RT, models.PROTECT, related_name="+", verbose_name=_("RT"))
    night = models.DateField(_("malam"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("warga")
    )
    on = models.BooleanField(_("berjaga"))
    why = models.CharField(_("sebab"), max_length=12, choices=Why)
    note = models.CharField(_("alasan"), max_length=200, blank=True)
    swap = models.ForeignKey(Swap, models.PROTECT, null=True, related_name="changes", verbose_name=_("tukar"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("kapan"), default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("perubahan malam ronda")
        ordering = ["pk"]
        indexes = [models.Index(fields=["rt", "night"]), models.Index(fields=["night"])]

    def __str__(self) -> str:
        return f"{self.rt} {self.night}: {self.person} {'+' if self.on else '-'}"


class Reminder(models.Model):
    """The people of this night were reminded: once, however many workers think of it."""

    rt = models.ForeignKey(RT, models.PROTECT, related_name="+", verbose_name=_("RT"))
    night = models.DateField(_("malam"))
    at = models.DateTimeField(_("kapan"))

    class Meta:
        verbose_name = verbose_name_plural = _("pengingat ronda")
        constraints = [models.UniqueConstraint(fields=["rt", "night"], name="one_reminder_per_night")]

    def __str__(self) -> str:
        return f"{self.rt} {self.night}"

"""Records of timetables: who may look at certain hours, for a camera or for all cameras of an RT."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from neighborhoods.models import RT

from .hours import Hours
from .models import Camera, Visibility


class TimetableQuerySet(models.QuerySet["Timetable"]):
    def running(self) -> TimetableQuerySet:
        return self.filter(ended_at__isnull=True)


class Timetable(models.Model):
    """A level that holds from *begins* to *ends* in the city's time, over midnight where it ends before it begins, on *days* (ISO
    weekdays, 1 is Monday, of the evening on which it begins). Never changed and never erased: it ends, and another is made.
    """

    rt = models.ForeignKey(RT, models.PROTECT, null=True, related_name="timetables", verbose_name=_("RT"))
    camera = models.ForeignKey(Camera, models.CASCADE, null=True, related_name="timetables", verbose_name=_("kamera"))
    level = models.CharField(_("keterlihatan"), max_length=20, choices=Visibility)
    begins = models.TimeField(_("mulai"))
    ends = models.TimeField(_("sampai"))
    days = models.CharField(_("hari"), max_length=7, default="1234567")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dibuat oleh")
    )
    made_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("diakhiri oleh")
    )
    ended_at = models.DateTimeField(_("diakhiri"), null=True)

    objects = TimetableQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("jadwal keterlihatan")
        ordering = ["begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rt__isnull=True, camera__isnull=False) | Q(rt__isnull=False, camera__isnull=True),
                name="timetable_of_an_rt_or_a_camera",
            ),
            models.CheckConstraint(condition=~Q(begins=F("ends")), name="timetable_begins_and_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.begins:%H.%M}–{self.ends:%H.%M} {self.get_level_display()}"

    @property
    def hours(self) -> Hours:
        return Hours(self.begins, self.ends, frozenset(int(day) for day in self.days))

    @property
    def words(self) -> str:
        """``22.00–05.00``, for histories."""
        return f"{self.begins:%H.%M}–{self.ends:%H.%M}"


class Hold(models.Model):
    """A camera is within the hours of a timetable, since *begun_at*; *base* is the level that holds again afterwards."""

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="hold")
    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="holds")
    begun_at = models.DateTimeField()
    base = models.CharField(max_length=20, choices=Visibility)

    class Meta:
        verbose_name = verbose_name_plural = _("jadwal yang sedang berlaku")

    def __str__(self) -> str:
        return f"{self.camera_id}: {self.timetable_id}"

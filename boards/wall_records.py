"""Records of walls: which cameras a person put beside each other, and how they are shown."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera
from neighborhoods.models import RT

LEAST_SIDE, MOST_SIDE = 2, 6
# Seconds that a page of the wall stays while the tour goes on; 0 is no tour. Below ten a live picture would hardly begin.
LEAST_SECONDS, MOST_SECONDS = 10, 300


class Wall(models.Model):
    """A layout of one person. It opens nothing: whoever looks at it sees what they may see, asked anew each time (cameras.access)."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="walls", verbose_name=_("pemilik"))
    name = models.CharField(_("nama"), max_length=60)
    side = models.PositiveSmallIntegerField(
        _("kamera sebaris"), default=3, validators=[MinValueValidator(LEAST_SIDE), MaxValueValidator(MOST_SIDE)]
    )
    seconds = models.PositiveSmallIntegerField(_("detik per halaman"), default=0)
    # Its people may open it too, for as long as the owner heads it.
    shared_with = models.ForeignKey(
        RT, models.SET_NULL, null=True, blank=True, related_name="walls", verbose_name=_("dibagikan kepada")
    )
    # Counts the changes: whoever changes what somebody else changed meanwhile is told so.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("dinding kamera")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_wall_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(side__gte=LEAST_SIDE, side__lte=MOST_SIDE), name="wall_side_within_bounds"
            ),
            models.CheckConstraint(
                condition=models.Q(seconds=0) | models.Q(seconds__gte=LEAST_SECONDS, seconds__lte=MOST_SECONDS),
                name="wall_seconds_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dinding-satu", args=[self.pk])


class WallTile(models.Model):
    """A camera's place on a wall, counted from 0."""

    wall = models.ForeignKey(Wall, models.CASCADE, related_name="tiles", verbose_name=_("dinding"))
    camera = models.ForeignKey(Camera, models.CASCADE, related_name="+", verbose_name=_("kamera"))
    position = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        verbose_name = verbose_name_plural = _("petak dinding")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["wall", "camera"], name="a_camera_once_on_a_wall")]

    def __str__(self) -> str:
        return f"{self.wall} {self.position + 1}"

"""Record of the cameras that a person marked with a star."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cameras.models import Camera


class Favourite(models.Model):
    """A person's star. It opens nothing: whether they may see the camera is asked anew each time (cameras.access)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="favourites")
    camera = models.ForeignKey(Camera, models.CASCADE, related_name="favourites")
    created_at = models.DateTimeField(_("sejak"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("favorit")
        constraints = [models.UniqueConstraint(fields=["user", "camera"], name="one_star_a_person_and_camera")]
        indexes = [models.Index(fields=["user", "-created_at"], name="stars_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user} ★ {self.camera}"

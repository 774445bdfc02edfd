"""Where the boundary of a place comes from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoundarySource(models.TextChoices):
    """Where a boundary comes from. Demo shapes may be replaced at any time; official ones only by a new import."""

    NONE = "", _("Belum ada")
    OFFICIAL = "resmi", _("Batas resmi")
    DEMO = "contoh", _("Batas contoh")

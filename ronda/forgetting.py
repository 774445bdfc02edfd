"""Names in the log are kept for RONDA_NAME_DAYS. The nights, rounds and marks stay, without whose they were."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from .hours_of import tonight
from .models import NightChange, Presence, Round, Swap, WeeklyDuty


def forget_names(now: datetime | None = None) -> int:
    """Takes the names out of what is older; how many rounds lost theirs. Duties that still run keep theirs."""
    now = now or timezone.now()
    before = tonight(now) - timedelta(days=settings.RONDA_NAME_DAYS)
    Presence.objects.filter(night__lt=before).update(person=None, by=None)
    NightChange.objects.filter(night__lt=before).update(person=None, by=None, note="")
    Swap.objects.filter(night__lt=before).update(asker=None, asked=None, settled_by=None, note="")
    WeeklyDuty.objects.filter(last_night__lt=before).update(person=None, made_by=None, ended_by=None)
    return Round.objects.filter(night__lt=before, by__isnull=False).update(by=None)

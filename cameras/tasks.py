"""The prober's door for Celery's schedule."""

from celery import shared_task
from django.utils import timezone

from .probing import BATCH, probe_due
from .timetables import apply_due


@shared_task
def probe_due_cameras() -> None:
    """Probes until no full batch is due any more."""
    while probe_due(now=timezone.now()) == BATCH:
        pass


@shared_task
def keep_timetables() -> None:
    """Brings every camera to the level that its timetable says now."""
    apply_due(timezone.now())

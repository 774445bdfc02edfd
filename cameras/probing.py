"""Looks at the cameras that are due, hundreds at once, and reports what it saw."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .guarding import rules_for
from .health import Observation, observe
from .models import Health
from .reasons import Reason
from .rtsp import Report, probe
from .sources import Source, open_sources

BATCH = 500


def probe_due(*, now: datetime) -> int:
    """One step: claims the cameras that are due, probes them and reports; how many there were."""
    camera_ids = _claim(now)
    if not camera_ids:
        return 0
    targets = open_sources(camera_ids)
    seen = [Observation(camera_id, now, Reason.NO_SOURCE) for camera_id in camera_ids if camera_id not in targets]
    reports = asyncio.run(_probe_all(targets))
    seen += [Observation(camera_id, at, report.reason, codec=report.codec) for camera_id, at, report in reports]
    observe(seen)
    return len(camera_ids)


def _claim(now: datetime) -> list[int]:
    """Takes up to BATCH due cameras off the list for as long as probing them can last, so that nobody else takes them too."""
    with transaction.atomic():
        rows = Health.objects.filter(due_at__lte=now).order_by("due_at")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        lasting = timedelta(seconds=settings.PROBE_TIMEOUT * (1 + BATCH / settings.PROBE_CONCURRENCY) + 10)
        Health.objects.filter(pk__in=ids).update(due_at=now + lasting)
    return ids


async def _probe_all(targets: dict[int, Source]) -> list[tuple[int, datetime, Report]]:
    gate = asyncio.Semaphore(settings.PROBE_CONCURRENCY)
    timeout = settings.PROBE_TIMEOUT
    the_rules = rules_for(source.address for source in targets.values())

    async def one(camera_id: int, source: Source) -> tuple[int, datetime, Report]:
        async with gate:
            # When the look began: what a stream saw meanwhile, or a new address, is younger and counts.
            began = timezone.now()
            return camera_id, began, await probe(source.address, source.credentials, timeout=timeout, rules=the_rules)

    return await asyncio.gather(*(one(camera_id, source) for camera_id, source in targets.items()))

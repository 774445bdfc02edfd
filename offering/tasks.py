"""The trials' door for Celery, on the queue ``streams``, whose workers have an ffmpeg."""

from datetime import datetime

from celery import shared_task
from django.db import close_old_connections


@shared_task
def try_offer(offer_id: int, since: str) -> None:
    from .trials import try_now  # only a worker needs what tries cameras

    close_old_connections()
    try:
        try_now(offer_id, datetime.fromisoformat(since))
    finally:
        close_old_connections()

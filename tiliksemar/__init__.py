"""The frame of the portal: settings, addresses, ASGI, Celery, start-up checks. Nobody imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]

"""The room's doors for Celery, on the queue ``default``."""

from celery import shared_task

from . import pushing  # noqa: F401 -- its task is known wherever this module is


@shared_task
def end_forgotten() -> None:
    """Ends alarms that nobody ended."""
    from .answering import end_forgotten as end

    end()

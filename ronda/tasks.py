"""This room's doors for Celery's schedule."""

from celery import shared_task

from . import forgetting, reminding


@shared_task
def remind_watches() -> None:
    """Tells the people of tonight that their watch begins."""
    reminding.remind_due()


@shared_task
def forget_names() -> None:
    """Takes names out of old nights."""
    forgetting.forget_names()

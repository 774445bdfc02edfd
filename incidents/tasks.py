"""The room's door for Celery, on the queue ``default``."""

from celery import shared_task


@shared_task
def forget_pictures() -> None:
    """Erases the pictures of old reports."""
    from .handling import forget_pictures as forget

    forget()

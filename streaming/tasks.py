"""The streams' door for Celery. One task is one camera's stream, for as long as it lasts."""

from celery import shared_task

from . import worker  # noqa: F401 -- connects the worker's signals wherever the task is known


@shared_task
def run_stream(camera_id: int) -> None:
    """Runs in a thread of a worker on the queue ``streams``; acknowledged early, its result is ignored, it has no time limit."""
    from .running import run  # only a worker needs what runs a stream

    run(camera_id)

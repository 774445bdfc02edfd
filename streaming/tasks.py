"""The streams' door for Celery, on the queue ``streams``: acknowledged early, results are ignored, no time limits."""

from celery import shared_task

from . import worker  # noqa: F401 -- connects the worker's signals wherever the task is known


@shared_task
def run_stream(camera_id: int) -> None:
    """One task is one camera's stream, for as long as it lasts."""
    from .running import run  # only a worker needs what runs a stream

    run(camera_id)


@shared_task
def grab_stills() -> None:
    """Takes pictures of cameras that nobody streams, for those who wish for one; some seconds, or nothing if others do already."""
    from .grabbing import fulfil_wishes

    fulfil_wishes(start_stream=_start_stream)


def _start_stream(camera_id: int) -> None:
    run_stream.apply_async(args=(camera_id,), expires=10.0, retry=False)


# Not on the queue of the streams: named so that the route to it does not match.
@shared_task(name="streaming.viewings.write_down")
def write_viewings() -> None:
    """Writes down who watched what since the last time."""
    from .viewings import write_down

    write_down()


@shared_task(name="streaming.viewings.forget_old")
def forget_viewings() -> None:
    """Erases what the viewing log need not know any more."""
    from .viewings import forget_old

    forget_old()

"""What the log shows of errors of libraries that name an address."""

from __future__ import annotations

import asyncio
import logging
import logging.config
import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings

HOST = "127.83.19.44"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the portal's own logging, as the settings have it, writes at DEBUG."""
    text = StringIO()
    ours: dict[str, Any] = settings.LOGGING
    wanted = ours | {"root": {"handlers": ["stderr"], "level": "DEBUG"}}
    wanted["handlers"] = {"stderr": ours["handlers"]["stderr"] | {"stream": text}}
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logging.config.dictConfig(wanted)
    yield text
    root.handlers[:] = before
    root.setLevel(level)


async def _connect() -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind((HOST, 0))
        await asyncio.open_connection(HOST, taken.getsockname()[1])


def test_asyncio_that_is_debugged_names_no_camera(written: StringIO) -> None:
    with asyncio.Runner(debug=True) as runner:
        runner.get_loop().slow_callback_duration = 0.0
        with pytest.raises(ConnectionRefusedError):
            runner.run(_connect())
    assert "Executing" in written.getvalue()
    assert HOST not in written.getvalue()


def test_a_traceback_names_no_camera(written: StringIO) -> None:
    try:
        asyncio.run(_connect())
    except OSError:
        logging.getLogger("celery.app.trace").exception("Task raised unexpected")
    assert "Connect call failed" in written.getvalue()
    assert HOST not in written.getvalue()


def test_an_address_in_a_message_is_left_out_and_the_rest_stays(written: StringIO) -> None:
    logging.getLogger("any").info("cannot open rtsp://a:p@ss:w/rd%%@%s:554/x, tried %s times", HOST, 3)
    assert written.getvalue().rstrip().endswith("INFO any: cannot open <alamat> tried 3 times")

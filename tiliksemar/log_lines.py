"""A line of the log. The last defence: what no module of ours logs, a library's error may still name."""

from __future__ import annotations

import logging
import re

# RTSP addresses, and addresses of sockets as Python writes them: ``('10.0.0.9', 554)``, ``('fe80::1', 554, 0, 0)``.
_RTSP = re.compile(r"rtsps?:(?://|\\/\\/)[^\s'\"<>]*", re.IGNORECASE)
_SOCKET = re.compile(r"\((['\"])[^'\"()]*\1, \d+(?:, \d+, \d+)?\)")


class LogLine(logging.Formatter):
    """Formats as its parent, tracebacks too, and leaves out where a camera is."""

    def format(self, record: logging.LogRecord) -> str:
        return _SOCKET.sub("(…)", _RTSP.sub("<alamat>", super().format(record)))

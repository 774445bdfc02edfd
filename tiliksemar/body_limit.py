"""No request of more than some bytes goes any further: Django would keep a larger one on disk before any view could refuse it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from cameras import problems

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]

# The largest thing that anybody sends: a page of the administration with many rows.
LARGEST = 1_048_576


class BodyLimit:
    """An ASGI application before another: 413 for a body of more than *largest* bytes, announced or not."""

    def __init__(self, application: Application, *, largest: int = LARGEST) -> None:
        self._application, self._largest = application, largest

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return await self._application(scope, receive, send)
        if _announced(scope) > self._largest:
            return await _refuse(send)
        read, over, begun = 0, False, False

        async def counted() -> Any:
            nonlocal read, over
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._largest:
                over = True
                return {"type": "http.disconnect"}  # whoever reads the body stops, and keeps nothing
            return message

        async def told(message: Any) -> None:
            nonlocal begun
            if over and not begun:
                return
            begun = True
            await send(message)

        try:
            await self._application(scope, counted, told)
        finally:
            if over and not begun:
                await _refuse(send)
        return None


def _announced(scope: Scope) -> int:
    """Bytes that the client says will come; 0 where it does not, or says nonsense."""
    for name, value in scope.get("headers", []):
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


async def _refuse(send: Any) -> None:
    problem = problems.answer(413)
    headers = [
        (b"Content-Type", problems.PROBLEM_TYPE.encode()),
        (b"Content-Length", str(len(problem.content)).encode()),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": [*headers, (b"Connection", b"close")]})
    await send({"type": "http.response.body", "body": problem.content})

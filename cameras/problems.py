"""Errors of the API in one form: ``{"code": …, "detail": …}``, *code* for programs, *detail* for people."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import exception_handler

# Bytes; the largest thing a page sends is a reason of 200 letters.
LARGEST_BODY = 16_384


class SmallJSONParser(JSONParser):
    """JSON of a size and a depth that honest pages send."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        raw = stream.read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:
            raise ParseError("Isian terlalu besar.")
        try:
            return super().parse(BytesIO(raw), media_type, parser_context)
        except RecursionError:
            raise ParseError("Isian tidak dapat dibaca.") from None


class Problem(APIException):
    """Raised by a view to answer with *status*, *code* and *detail*; *retry_after* in seconds becomes a header."""

    def __init__(self, status: int, code: str, detail: str, *, retry_after: int | None = None) -> None:
        super().__init__(detail, code)
        self.status_code = status
        if retry_after is not None:
            self.wait = retry_after  # rest_framework turns it into Retry-After


def not_found() -> Problem:
    # The same answer whether there is no such camera or it is not for this person: its existence is not told.
    return Problem(404, "not_found", "Kamera tidak ditemukan, atau tidak dibuka untuk Anda.")


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, APIException) and isinstance(error.detail, str):
        response.data = {"code": error.get_codes(), "detail": str(error.detail)}
    elif isinstance(response.data, dict) and "detail" in response.data:  # Http404, PermissionDenied
        detail = response.data["detail"]
        response.data = {"code": getattr(detail, "code", "error"), "detail": str(detail)}
    else:
        response.data = {"code": "invalid", "detail": "Isian tidak benar.", "fields": response.data}
    return response

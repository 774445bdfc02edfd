"""What every request passes before anything else looks at it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cameras import problems


def refuse_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers 400 to a NUL in path or query: PostgreSQL refuses it in any text, and nobody has it in an honest address."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return problems.answer(400, "invalid", _("Alamat memuat tanda yang tidak boleh ada."))
        return get_response(request)

    return answer

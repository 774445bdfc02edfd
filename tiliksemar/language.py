"""The language of an answer: Indonesian, or what the person chose, or what their browser asks for before Indonesian.

Django's own middleware is not used: it would tell every cache that pictures and boundaries differ by language, which they do not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, parse_cookie
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]

# What people read; everything else is the same in every language.
_WORDED = ("text/html", "application/json", "application/problem+json")


def speak(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers in the request's language, and says so to caches and readers of screens."""

    def answer(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        if _differs(response):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", language)
        return response

    return answer


class Speaking:
    """The same for sockets: what a consumer says is in the language of the handshake."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        # Each socket has a task, and with it a context, of its own.
        translation.activate(_of_handshake(scope))
        await self._application(scope, receive, send)


def _of_handshake(scope: Scope) -> str:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", [])}
    request = HttpRequest()
    request.COOKIES = parse_cookie(headers.get("cookie", ""))
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get("accept-language", "")
    return translation.get_language_from_request(request)


# Without a token: nothing is gained by choosing somebody else's language, and pages for everybody need no cookie for it.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """``POST bahasa=en&next=/…``: keeps the choice in a cookie for a year, and goes back to where the person was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("bahasa", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


def _differs(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "").split(";")[0]
    return kind in _WORDED and "public" not in response.headers.get("Cache-Control", "")

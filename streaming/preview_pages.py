"""The picture that stands beside a shared address in a chat."""

from __future__ import annotations

import contextlib

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from cameras import access

from . import showing
from .pictures import KINDS, name_of
from .stills import Still


@require_safe
@cache_control(private=True, no_cache=True)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The last still of a camera that is open to everybody; for all others, and where there is none, the same neutral picture.

    Who asks is a stranger here, whoever it is: the picture goes on to people who were not asked who they are.
    """
    camera = access.watchable(AnonymousUser()).filter(public_id=public_id).first()
    still: Still | None = None
    if camera is not None:
        with contextlib.suppress(RedisError, OSError):
            still = showing.latest(camera, name_of("large", "jpeg"), wish=False)
    if still is None:
        return redirect(static("img/preview.png"))
    return HttpResponse(still.data, content_type=KINDS["jpeg"])

"""The API of stills: the last picture of a camera, with its age."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from cameras.marks import is_marked, mark_of
from cameras.models import Camera
from cameras.problems import Problem
from cameras.serializers import ProblemSerializer

from . import keepsakes, showing
from .api import watchable_camera
from .pictures import KINDS, SIZES, name_of
from .stills import Still

# Seconds after which a picture that was just asked for may have come.
COMES_WITHIN = 2


class WhatSerializer(serializers.Serializer[None]):
    size = serializers.ChoiceField(
        choices=list(SIZES), default="small", help_text="Sisi terpanjang: small 320, large 640 piksel."
    )
    wish = serializers.BooleanField(
        default=True, help_text="false: hanya yang sudah ada; kamera tidak ditanyai untuk gambar baru."
    )
    download = serializers.BooleanField(
        default=False,
        help_text="true: untuk disimpan. JPEG dengan tempat dan waktunya; bila tidak publik, juga siapa yang menyimpannya.",
    )


class AnyAccept(BaseContentNegotiation):
    """Who asks for pictures alone is not refused; what goes wrong is told in JSON nevertheless."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class CameraStill(APIView):
    """The last picture: WebP for those who name it in Accept, JPEG for all others.

    ``Last-Modified`` is when it was taken, ``X-Picture-Age`` how many seconds ago. ``X-Picture-Mark`` (percent-encoded) is what is to
    be written lightly over a picture that is not public. Asking for it has a newer one made soon.
    """

    machine_scope = "watch"
    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[WhatSerializer],
        responses={
            (200, "image/webp"): OpenApiTypes.BINARY,
            (200, "image/jpeg"): OpenApiTypes.BINARY,
            304: None,
            403: ProblemSerializer,
            404: ProblemSerializer,
            503: ProblemSerializer,
        },
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        camera = watchable_camera(request, public_id)
        what = WhatSerializer(data=request.query_params)
        what.is_valid(raise_exception=True)
        if what.validated_data["download"]:
            return _keepsake(request, camera)
        size, kind = what.validated_data["size"], kind_for(request.headers.get("Accept", ""))
        try:
            still = showing.latest(camera, name_of(size, kind), wish=what.validated_data["wish"])
        except (RedisError, OSError):
            raise _unavailable() from None
        if still is None:
            raise _no_picture(camera)
        answer = _answer(still, size, kind, request.headers.get("If-None-Match", ""))
        if is_marked(camera):
            answer["X-Picture-Mark"] = quote(mark_of(request.user))
        return answer


def _keepsake(request: Request, camera: Camera) -> HttpResponse:
    if not keepsakes.may_save(request.user, camera):
        raise Problem(403, "not_to_keep", gettext("Gambar kamera ini hanya untuk dilihat, tidak untuk disimpan."))
    try:
        keepsake = keepsakes.take(request.user, camera)
    except (RedisError, OSError):
        raise _unavailable() from None
    if keepsake is None:
        raise _no_picture(camera)
    answer = HttpResponse(keepsake.data, content_type=KINDS["jpeg"])
    answer["Content-Disposition"] = f'attachment; filename="{keepsake.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _unavailable() -> Problem:
    return Problem(503, "unavailable", gettext("Gambar belum dapat diambil. Coba lagi sebentar lagi."))


def _no_picture(camera: Camera) -> Problem:
    soon = COMES_WITHIN if showing.will_come(camera) else None
    return Problem(404, "no_picture", gettext("Belum ada gambar dari kamera ini."), retry_after=soon)


def kind_for(accept: str) -> str:
    """``webp`` only for those who name it: older browsers say ``image/*`` and mean what they know."""
    for offer in accept.split(","):
        media, *parameters = (part.strip().lower() for part in offer.split(";"))
        if media == KINDS["webp"] and "q=0" not in {parameter.removesuffix(".0") for parameter in parameters}:
            return "webp"
    return "jpeg"


def _answer(still: Still, size: str, kind: str, known: str) -> HttpResponse:
    tag = f'"{round(still.at * 1000):x}-{size}-{kind}"'
    known_tags = {etag.removeprefix("W/") for etag in parse_etags(known)}
    fresh = tag in known_tags or "*" in known_tags
    answer = HttpResponse(b"" if fresh else still.data, status=304 if fresh else 200, content_type=KINDS[kind])
    answer["ETag"] = tag
    answer["Last-Modified"] = http_date(still.at)
    answer["X-Picture-Age"] = f"{max(0.0, time.time() - still.at):.1f}"
    # Kept by the browser alone, and asked about each time: a camera that was hidden must not be shown out of a cache.
    answer["Cache-Control"] = "private, no-cache"
    answer["Vary"] = "Accept, Cookie"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer

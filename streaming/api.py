"""The API of watching: a wish made, renewed and taken back."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cameras import access
from cameras.api import find_camera
from cameras.models import Camera
from cameras.problems import Problem
from cameras.reasons import CHOICES, mender
from cameras.serializers import ProblemSerializer
from cameras.visibility import why_hidden
from neighborhoods.retelling import retold

from . import watching
from .states import Record, StreamState

RETRY_BUSY = 10


class WishSerializer(serializers.Serializer[None]):
    playlist_url = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="Alamat yang sedang dipakai; diberikan lagi selama masih berlaku.",
    )
    plays = serializers.ListField(
        child=serializers.CharField(max_length=10),
        required=False,
        max_length=10,
        help_text="Format gambar yang bisa diputar selain h264; yang dikenal: h265.",
    )
    small = serializers.BooleanField(
        required=False, help_text="Gambar ditampilkan kecil: gambar kecil dari kamera sudah cukup, bila ada."
    )


class StreamSerializer(serializers.Serializer[None]):
    state = serializers.ChoiceField(choices=[state.value for state in StreamState])
    reason = serializers.ChoiceField(choices=CHOICES, allow_blank=True)
    reason_text = serializers.CharField(help_text="Sebab dalam kata-kata; kosong bila baik.")
    mender = serializers.CharField(help_text="Siapa yang memperbaikinya; kosong bila baik.")


class WatchSerializer(serializers.Serializer[None]):
    playlist_url = serializers.CharField()
    now = serializers.DateTimeField(help_text="Jam portal; jam ponsel sering keliru.")
    expires_at = serializers.DateTimeField()
    renew_after = serializers.FloatField(help_text="Detik; sesudah itu minta lagi.")
    stream = StreamSerializer()


class CameraWatch(APIView):
    """POST makes or renews the wish to look at a camera; DELETE takes it back (nothing depends on it)."""

    machine_scope = "watch"
    throttle_scope = "watch"

    @extend_schema(
        request=WishSerializer,
        responses={
            200: WatchSerializer,
            403: ProblemSerializer,
            404: ProblemSerializer,
            429: ProblemSerializer,
            503: ProblemSerializer,
        },
    )
    def post(self, request: Request, public_id: str) -> Response:
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise Problem(403, "cross_site", _("Tontonan hanya dapat diminta dari halaman portal ini."))
        camera = watchable_camera(request, public_id)
        try:
            wish = _wish(request)
            watch = watching.watch(
                camera,
                user_pk=request.user.pk,
                address=str(request.META.get("REMOTE_ADDR", "")),
                codec=camera.health.codec,
                current_url=wish.get("playlist_url", ""),
                plays=frozenset(wish.get("plays", ())),
                small=wish.get("small", False),
            )
        except watching.Busy as problem:
            raise Problem(503, "busy", str(problem), retry_after=RETRY_BUSY) from None
        except watching.TooMany as problem:
            raise Problem(429, "too_many", str(problem), retry_after=RETRY_BUSY) from None
        except watching.Unavailable as problem:
            raise Problem(503, "unavailable", str(problem), retry_after=RETRY_BUSY) from None
        except (RedisError, OSError):
            raise Problem(503, "unavailable", str(watching.Unavailable()), retry_after=RETRY_BUSY) from None
        return Response(
            {
                "playlist_url": watch.playlist_url,
                "now": datetime.now(UTC),
                "expires_at": datetime.fromtimestamp(watch.expires, UTC),
                "renew_after": watch.renew_after,
                "stream": _stream(camera, watch.stream),
            }
        )

    @extend_schema(request=WishSerializer, responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, public_id: str) -> Response:
        camera = find_camera(access.listed(request.user), public_id)
        with contextlib.suppress(RedisError, OSError):  # a goodbye that is not heard: the wish expires by itself
            watching.leave(camera, current_url=_wish(request).get("playlist_url", ""))
        return Response(status=204)


def watchable_camera(request: Request, public_id: str) -> Camera:
    """The camera, for somebody who may look at it now. Raises: Problem (404; 403 for those who may know of it)."""
    camera = access.watchable(request.user).filter(public_id=public_id).first()
    if camera is None:
        hidden = find_camera(access.listed(request.user), public_id)  # 404 for those who may not know of it
        raise Problem(403, "hidden", why_hidden(hidden))
    return camera


def _wish(request: Request) -> dict[str, Any]:
    wish = WishSerializer(data=request.data)
    wish.is_valid(raise_exception=True)
    return dict(wish.validated_data)


def _stream(camera: Camera, record: Record) -> dict[str, str]:
    return {
        "state": record.state.value,
        "reason": record.reason.value,
        "reason_text": retold(record.reason.label),
        "mender": retold(mender(record.reason, belongs_to_rt=camera.rt_id is not None)),
    }

"""The API of the viewing log: totals, and names for cause."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cameras.desk_api import managed_camera
from cameras.problems import Problem
from cameras.serializers import ProblemSerializer
from neighborhoods.doors import person

from . import viewing_log

_REFUSALS = {403: ProblemSerializer, 404: ProblemSerializer}


class DaySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    viewings = serializers.IntegerField()
    people = serializers.IntegerField(help_text="Akun yang berbeda.")
    strangers = serializers.IntegerField(help_text="Tontonan tanpa akun.")
    minutes = serializers.IntegerField()


class NamesSerializer(serializers.Serializer[None]):
    reason = serializers.CharField(min_length=viewing_log.LEAST_REASON, max_length=200, help_text="Tercatat selamanya.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class ViewingSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    began_at = serializers.DateTimeField()
    seen_until = serializers.DateTimeField()
    closed = serializers.BooleanField(help_text="false: masih menonton.")


class CameraViewings(APIView):
    @extend_schema(
        summary="Berapa kali sebuah kamera ditonton, per hari", responses={200: DaySerializer(many=True), **_REFUSALS}
    )
    def get(self, request: Request, public_id: str) -> Response:
        return Response(DaySerializer(viewing_log.totals(managed_camera(request, public_id)), many=True).data)


class CameraViewers(APIView):
    """Names, for cause: who asks, when and why is written down and shown to everybody who manages the camera."""

    throttle_scope = "change"

    @extend_schema(
        summary="Siapa menonton sebuah kamera; dengan alasan, yang tercatat",
        request=NamesSerializer,
        responses={200: ViewingSerializer(many=True), **_REFUSALS, 400: ProblemSerializer},
    )
    def post(self, request: Request, public_id: str) -> Response:
        camera = managed_camera(request, public_id)
        wish = NamesSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        try:
            found = viewing_log.names(camera, by=person(request), **wish.validated_data)
        except viewing_log.NotWithoutReason as problem:
            raise Problem(400, "invalid", str(problem)) from None
        rows = [
            {
                "name": viewing_log.name_of(one),
                "began_at": one.began_at,
                "seen_until": one.seen_until,
                "closed": one.closed,
            }
            for one in found
        ]
        return Response(ViewingSerializer(rows, many=True).data)

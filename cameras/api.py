"""The API of cameras, regions and status. Every view asks the gate; none of them knows a rule."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from neighborhoods.doors import person
from neighborhoods.models import Kecamatan, Kelurahan

from . import access, visibility
from .models import Camera, Visibility
from .problems import Problem, conflicts, not_found
from .serializers import (
    CameraSerializer,
    ProblemSerializer,
    RegionDetailSerializer,
    RegionSerializer,
    StatusTotalsSerializer,
    SwitchSerializer,
)
from .tallies import Place, places, sum_of, tally_by

_FILTERS = {
    "kelurahan": "kelurahan__code",
    "kecamatan": "kelurahan__kecamatan__code",
    "rw": "rt__rw__number",
    "rt": "rt__number",
    "status": "health__status",
    "category": "category",
}


def camera_context(request: Request, cameras: list[Camera]) -> dict[str, Any]:
    """What CameraSerializer needs to know of the person who asks: two queries, however many cameras."""
    ids = [camera.pk for camera in cameras]
    return {
        "request": request,
        "watchable": set(access.watchable(request.user).filter(pk__in=ids).values_list("pk", flat=True)),
        "manageable": set(access.manageable(request.user).filter(pk__in=ids).values_list("pk", flat=True)),
    }


def find_camera(cameras: QuerySet[Camera], public_id: str) -> Camera:
    """The camera with this id among those that the gate let through. Raises: Problem (404)."""
    camera = cameras.filter(public_id=public_id).first()
    if camera is None:
        raise not_found()
    return camera


def camera_answer(request: Request, camera: Camera) -> Response:
    return Response(CameraSerializer(camera, context=camera_context(request, [camera])).data)


class CameraList(ListAPIView[Camera]):
    """The cameras that the asking person may know of."""

    machine_scope = "read:cameras"
    serializer_class = CameraSerializer

    @extend_schema(parameters=[OpenApiParameter(name, str) for name in _FILTERS])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        wanted = {
            field: request.query_params[name] for name, field in _FILTERS.items() if request.query_params.get(name)
        }
        page = self.paginate_queryset(
            access.listed(request.user).filter(**wanted).order_by("kelurahan__code", "name", "pk")
        )
        cameras = list(page or [])
        return self.get_paginated_response(
            CameraSerializer(cameras, many=True, context=camera_context(request, cameras)).data
        )


class CameraDetail(APIView):
    machine_scope = "read:cameras"

    @extend_schema(responses={200: CameraSerializer, 404: ProblemSerializer})
    def get(self, request: Request, public_id: str) -> Response:
        return camera_answer(request, find_camera(access.listed(request.user), public_id))


class CameraVisibility(APIView):
    """The switch of the head of the RT: who may look."""

    throttle_scope = "change"

    @extend_schema(
        request=SwitchSerializer,
        responses={200: CameraSerializer, 403: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request, public_id: str) -> Response:
        camera = find_camera(access.listed(request.user), public_id)
        manages = access.manageable(request.user).filter(pk=camera.pk).exists()
        if not manages and camera.owner_id != (request.user.pk or 0):
            raise Problem(
                403, "forbidden", _("Hanya Ketua RT dan petugas yang boleh mengubah keterlihatan kamera ini.")
            )
        switch = visibility.switch if manages else visibility.switch_own
        wish = SwitchSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        with conflicts(visibility.CannotSwitch):
            switch(
                camera,
                to=Visibility(wish.validated_data["visibility"]),
                by=person(request),
                reason=wish.validated_data["reason"],
            )
        return camera_answer(request, camera)


class RegionList(APIView):
    """Every kecamatan, with the number of cameras that the asking person may know of."""

    machine_scope = "read:cameras"

    @extend_schema(responses=RegionSerializer(many=True))
    def get(self, request: Request) -> Response:
        cameras = access.listed(request.user)
        return Response(_regions(_kecamatan(cameras, Kecamatan.objects.all())))


class RegionDetail(APIView):
    """A kecamatan with its kelurahan, or a kelurahan, by official code."""

    machine_scope = "read:cameras"

    @extend_schema(responses={200: RegionDetailSerializer, 404: ProblemSerializer})
    def get(self, request: Request, code: str) -> Response:
        cameras = access.listed(request.user)
        found = _kecamatan(cameras, Kecamatan.objects.filter(code=code))
        found += _kelurahan(cameras, Kelurahan.objects.filter(code=code))
        if not found:
            raise Problem(404, "not_found", _("Kode wilayah ini tidak dikenal. Contoh: 33.74.01 atau 33.74.01.1001."))
        children = _kelurahan(cameras, Kelurahan.objects.filter(kecamatan__code=code))
        return Response({**RegionSerializer(found[0]).data, "children": _regions(children)})


class StatusTotals(APIView):
    """How many of the cameras that the asking person may know of are online, offline and unknown."""

    machine_scope = "read:status"

    @extend_schema(responses=StatusTotalsSerializer)
    def get(self, request: Request) -> Response:
        return Response(asdict(sum_of(tally_by(access.listed(request.user), "kelurahan_id").values())))


def _regions(found: list[Place]) -> list[dict[str, Any]]:
    return [dict(RegionSerializer(place).data) for place in found]


def _kecamatan(cameras: QuerySet[Camera], regions: QuerySet[Kecamatan]) -> list[Place]:
    valid = regions.filter(valid_to__isnull=True).defer("boundary")
    return places(valid, cameras, "kelurahan__kecamatan_id")


def _kelurahan(cameras: QuerySet[Camera], regions: QuerySet[Kelurahan]) -> list[Place]:
    return places(regions.filter(valid_to__isnull=True).defer("boundary"), cameras, "kelurahan_id")

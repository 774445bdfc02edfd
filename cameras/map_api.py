"""The map's two data addresses. Both are GeoJSON, outside the paginated API since a map wants all at once."""

from __future__ import annotations

from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import access, geojson


@method_decorator(gzip_page, name="dispatch")
class MapCameras(APIView):
    """Every camera that the asking person may know of, as GeoJSON points."""

    machine_scope = "read:cameras"

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        watchable = set(access.watchable(request.user).values_list("pk", flat=True))
        return Response(geojson.camera_points(access.listed(request.user), watchable))


@method_decorator(gzip_page, name="dispatch")
@method_decorator(cache_control(public=True, max_age=3600), name="dispatch")
class Boundaries(APIView):
    """The kelurahan as GeoJSON shapes; the same for everybody."""

    machine_scope = "read:cameras"

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        return Response(geojson.kelurahan_shapes())

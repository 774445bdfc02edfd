"""The map's data addresses, outside the paginated API: a map wants what it shows in one answer, and often."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from neighborhoods.outlines import LEVELS, Outlines, outlines

from .map_query import MOST_ZOOM, MapQuery, WrongQuery, read_box, read_words, read_zoom
from .map_serializers import MapViewSerializer
from .map_view import view_of
from .models import Category, Status
from .problems import Problem

_YEAR = 31_536_000


@method_decorator(gzip_page, name="dispatch")
@method_decorator(conditional_page, name="dispatch")
# Kept by the browser, but asked about each time: a switch bites at once.
@method_decorator(cache_control(private=True, no_cache=True), name="dispatch")
class MapCameras(APIView):
    """What the map shows of a view: clusters with the numbers of their cameras from afar, the cameras from near.

    Of cameras that the asking person may not know of nothing is told, neither by name nor by number. ``covers`` and ``zooms`` say for
    which views the answer holds.
    """

    machine_scope = "read:cameras"

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "zoom",
                {"type": "integer", "minimum": 0, "maximum": MOST_ZOOM},
                required=True,
                description="Zoom peta web.",
            ),
            OpenApiParameter(
                "bbox",
                str,
                description="Barat,selatan,timur,utara dalam derajat; perlu mulai zoom 15. Contoh: 110.38,-7.06,110.41,-7.04",
            ),
            OpenApiParameter("status", str, description="Satu atau beberapa, dipisah koma: online, offline, unknown."),
            OpenApiParameter(
                "category",
                str,
                description="Satu atau beberapa, dipisah koma: lingkungan, lalu_lintas, sungai, fasilitas.",
            ),
        ],
        responses=MapViewSerializer,
    )
    def get(self, request: Request) -> Response:
        try:
            return Response(view_of(request.user, _query(request.query_params)))
        except WrongQuery as wrong:
            raise Problem(400, wrong.code, gettext(str(wrong))) from None


@method_decorator(gzip_page, name="dispatch")
@method_decorator(conditional_page, name="dispatch")
class Boundaries(APIView):
    """The kelurahan, or the kecamatan, as GeoJSON shapes, simplified for the map; the same for everybody."""

    machine_scope = "read:cameras"
    # No session: the answer must not vary with it, so that browsers keep it for good.
    authentication_classes = ()

    @extend_schema(
        parameters=[
            OpenApiParameter("level", str, enum=LEVELS, default=LEVELS[0]),
            OpenApiParameter("v", str, description="Versi; dengan versi yang benar jawabannya boleh disimpan setahun."),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> HttpResponse:
        level = request.query_params.get("level", LEVELS[0])
        if level not in LEVELS:
            raise Problem(400, "level", gettext("Pilih level: kelurahan atau kecamatan."))
        return _shapes(request, level, outlines(level))


def _query(words: Mapping[str, str]) -> MapQuery:
    """Raises: WrongQuery."""
    return MapQuery(
        read_zoom(words.get("zoom", "")),
        read_box(words["bbox"]) if words.get("bbox") else None,
        read_words("status", words.get("status", ""), Status.values),
        read_words("category", words.get("category", ""), Category.values),
    )


def _shapes(request: Request, level: str, made: Outlines) -> HttpResponse:
    answer = HttpResponse(made.body, content_type="application/json")
    answer.headers["ETag"] = f'"{level}-{made.version}"'
    if request.query_params.get("v") == made.version:
        patch_cache_control(answer, public=True, max_age=_YEAR, immutable=True)
    else:
        patch_cache_control(answer, no_cache=True)
    return answer

"""Searching as a map's search box does it, while somebody types."""

from __future__ import annotations

from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Status
from .problems import Problem
from .searching import LONGEST, MOST, search

USUAL = 10


class SearchResultSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["kecamatan", "kelurahan", "rw", "rt", "camera"])
    id = serializers.CharField(help_text="Kode wilayah, 33.74.12.1009/005/003 untuk RT, atau kode kamera.")
    title = serializers.CharField()
    subtitle = serializers.CharField()
    url = serializers.CharField()
    lon = serializers.FloatField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)
    bbox = serializers.ListField(
        child=serializers.FloatField(),
        min_length=4,
        max_length=4,
        allow_null=True,
        help_text="Barat, selatan, timur, utara.",
    )
    status = serializers.ChoiceField(choices=Status.choices, allow_null=True, help_text="Hanya untuk kamera.")


class SearchResultsSerializer(serializers.Serializer[Any]):
    results = SearchResultSerializer(many=True)


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class Search(APIView):
    """Kecamatan, kelurahan, RW, RT and cameras by what people type: beginnings, typing errors, "rt 3 rw 5 sekaran", "05/01".

    Names only cameras of which the asking person may know.
    """

    machine_scope = "read:cameras"

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description=f"Yang dicari; lebih dari {LONGEST} huruf tidak dibaca."),
            OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
        ],
        responses=SearchResultsSerializer,
    )
    def get(self, request: Request) -> Response:
        limit = _limit(request.query_params.get("limit", str(USUAL)))
        return Response({"results": search(request.user, request.query_params.get("q", ""), limit=limit)})


def _limit(text: str) -> int:
    """Raises: Problem (400)."""
    if not (text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= MOST):
        raise Problem(400, "limit", _("Tulis limit sebagai angka 1 sampai 20."))
    return int(text)

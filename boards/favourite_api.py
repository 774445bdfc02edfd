"""The API of stars."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cameras import access
from cameras.api import find_camera
from cameras.problems import conflicts, logged_in
from cameras.serializers import ProblemSerializer

from . import favourites


class FavouritesSerializer(serializers.Serializer[None]):
    cameras = serializers.ListField(
        child=serializers.CharField(), help_text="Kode kamera favorit yang boleh diketahui, yang terbaru lebih dulu."
    )


class Favourites(APIView):
    """The cameras that the asking person has starred and may know of."""

    @extend_schema(
        summary="Kamera favorit saya",
        operation_id="favourites_list",
        responses={200: FavouritesSerializer, 401: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        me = logged_in(request)
        stars = favourites.of(me)
        known = dict(access.listed(me).filter(pk__in=stars).values_list("pk", "public_id"))
        return Response({"cameras": [known[pk] for pk in stars if pk in known]})


class OneFavourite(APIView):
    """PUT puts a star on a camera, DELETE takes it off; twice the same is once."""

    throttle_scope = "change"

    @extend_schema(
        summary="Menjadikan sebuah kamera favorit",
        request=None,
        responses={204: None, 401: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer},
    )
    def put(self, request: Request, public_id: str) -> Response:
        me = logged_in(request)
        camera = find_camera(access.listed(me), public_id)
        with conflicts(favourites.CannotStar):
            favourites.star(me, camera)
        return Response(status=204)

    @extend_schema(
        summary="Melepas sebuah kamera dari favorit",
        request=None,
        responses={204: None, 401: ProblemSerializer, 404: ProblemSerializer},
    )
    def delete(self, request: Request, public_id: str) -> Response:
        me = logged_in(request)
        favourites.unstar(me, find_camera(access.listed(me), public_id))
        return Response(status=204)

"""The API of walls."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cameras.models import Camera
from cameras.problems import Problem, conflicts, logged_in
from cameras.serializers import ProblemSerializer
from neighborhoods.models import RT

from . import walls
from .wall_records import LEAST_SECONDS, LEAST_SIDE, MOST_SECONDS, MOST_SIDE, Wall


class WallTileSerializer(serializers.Serializer[None]):
    """Of a camera that the asking person may not know of, nothing is said."""

    camera = serializers.CharField(allow_null=True, help_text="Kode kamera; null bila tidak lagi dibuka untuk Anda.")
    name = serializers.CharField()


class WallSerializer(serializers.ModelSerializer[Wall]):
    """The view hands over, as *tiles*, the cameras of each wall as its person may know them."""

    rt = serializers.IntegerField(
        source="shared_with_id", read_only=True, allow_null=True, help_text="RT yang warganya boleh membukanya."
    )
    mine = serializers.SerializerMethodField(help_text="Dibuat oleh yang bertanya.")
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    tiles = serializers.SerializerMethodField()

    class Meta:
        model = Wall
        fields = ["id", "name", "side", "seconds", "rt", "mine", "version", "url", "tiles"]

    def get_mine(self, wall: Wall) -> bool:
        return bool(wall.owner_id == self.context["request"].user.pk)

    @extend_schema_field(WallTileSerializer(many=True))
    def get_tiles(self, wall: Wall) -> list[dict[str, Any]]:
        return [_tile(camera) for camera in walls.tiles_of(wall, self.context["request"].user)]


class WallWishSerializer(serializers.Serializer[None]):
    name = serializers.CharField(max_length=60)
    side = serializers.IntegerField(min_value=LEAST_SIDE, max_value=MOST_SIDE, default=3)
    seconds = serializers.IntegerField(
        min_value=0,
        max_value=MOST_SECONDS,
        default=0,
        help_text=f"0: halaman tidak berganti sendiri; kalau tidak, {LEAST_SECONDS} ke atas.",
    )
    cameras = serializers.ListField(child=serializers.CharField(max_length=16), max_length=walls.MOST_TILES)
    rt = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**31,
        help_text="Dibagikan kepada warga RT ini; hanya oleh ketuanya.",
    )

    def validate_seconds(self, seconds: int) -> int:
        if 0 < seconds < LEAST_SECONDS:
            raise serializers.ValidationError(f"Paling sedikit {LEAST_SECONDS}, atau 0.")
        return seconds


class ChangedWallSerializer(WallWishSerializer):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="Yang dibaca sebelum diubah.")


_REFUSALS = {401: ProblemSerializer, 409: ProblemSerializer}


class Walls(APIView):
    throttle_scope = "read"

    @extend_schema(
        summary="Dinding kamera saya, dan yang dibagikan kepada saya",
        operation_id="walls_list",
        responses={200: WallSerializer(many=True), 401: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        logged_in(request)
        rows = walls.opened_by(request.user)
        return Response(WallSerializer(rows, many=True, context={"request": request}).data)

    @extend_schema(
        summary="Membuat dinding kamera",
        operation_id="walls_create",
        request=WallWishSerializer,
        responses={201: WallSerializer, **_REFUSALS},
    )
    def post(self, request: Request) -> Response:
        me = logged_in(request)
        said = _said(WallWishSerializer(data=request.data))
        with conflicts(walls.CannotKeep):
            wall = walls.make(me, _wish(request, said))
        return Response(_answer(request, wall), status=201)


class OneWall(APIView):
    @extend_schema(
        summary="Satu dinding kamera",
        operation_id="walls_read",
        responses={200: WallSerializer, 401: ProblemSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request, wall: int) -> Response:
        logged_in(request)
        here = walls.opened_by(request.user).filter(pk=wall).first()
        if here is None:
            raise _not_found()
        return Response(_answer(request, here))

    @extend_schema(
        summary="Mengubah dinding kamera",
        operation_id="walls_change",
        request=ChangedWallSerializer,
        responses={200: WallSerializer, 404: ProblemSerializer, **_REFUSALS},
    )
    def put(self, request: Request, wall: int) -> Response:
        here = _own(request, wall)
        said = _said(ChangedWallSerializer(data=request.data))
        with conflicts(walls.CannotKeep):
            changed = walls.change(here, _wish(request, said), version=said["version"])
        return Response(_answer(request, changed))

    @extend_schema(
        summary="Menghapus dinding kamera",
        operation_id="walls_erase",
        responses={204: None, 401: ProblemSerializer, 404: ProblemSerializer},
    )
    def delete(self, request: Request, wall: int) -> Response:
        walls.erase(_own(request, wall))
        return Response(status=204)


def _not_found() -> Problem:
    return Problem(404, "not_found", _("Dinding ini tidak ditemukan, atau tidak dibagikan kepada Anda."))


def _own(request: Request, pk: int) -> Wall:
    """Raises: Problem (401, 404)."""
    logged_in(request)
    found = walls.of(request.user).filter(pk=pk).first()
    if found is None:
        raise _not_found()
    return found


def _said(serializer: serializers.Serializer[None]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _wish(request: Request, said: dict[str, Any]) -> walls.Wish:
    """Raises: CannotKeep."""
    number = said.get("rt")
    rt = RT.objects.filter(pk=number).first() if number else None
    if number and rt is None:
        raise walls.NotTheirs
    name = " ".join(said["name"].split())
    return walls.Wish(name, walls.chosen(request.user, said["cameras"]), said["side"], said["seconds"], rt)


def _answer(request: Request, wall: Wall) -> dict[str, Any]:
    return dict(WallSerializer(wall, context={"request": request}).data)


def _tile(camera: Camera | None) -> dict[str, Any]:
    return {"camera": camera.public_id, "name": camera.shown_name} if camera else {"camera": None, "name": ""}

"""Walls for tests."""

from __future__ import annotations

from django.contrib.auth.models import User

from boards.wall_records import Wall, WallTile
from cameras.models import Camera


def make_wall(owner: User, *cameras: Camera, name: str = "Malam") -> Wall:
    wall = Wall.objects.create(owner=owner, name=name, side=2)
    WallTile.objects.bulk_create(WallTile(wall=wall, camera=camera, position=n) for n, camera in enumerate(cameras))
    return wall

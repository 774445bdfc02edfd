"""What the map draws: cameras as points, kelurahan as shapes (GeoJSON, RFC 7946: longitude first, degrees, WGS 84)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from neighborhoods.models import BoundarySource, Kelurahan

from .models import Camera


def camera_points(cameras: QuerySet[Camera], watchable: set[int]) -> dict[str, Any]:
    """A FeatureCollection of *cameras*; *watchable*: the primary keys of those whose picture this person may see."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [camera.longitude, camera.latitude]},
                "properties": {
                    "id": camera.public_id,
                    "name": camera.name,
                    "place": camera.place,
                    "category": camera.category,
                    "status": camera.health.status,
                    "watchable": camera.pk in watchable,
                },
            }
            for camera in cameras
        ],
    }


def kelurahan_shapes() -> dict[str, Any]:
    """A FeatureCollection of the kelurahan that have a boundary; ``official`` is false while any is only a demo shape."""
    kelurahan = list(
        Kelurahan.objects.filter(valid_to__isnull=True, boundary__isnull=False).select_related("kecamatan")
    )
    return {
        "type": "FeatureCollection",
        "official": all(one.boundary_source == BoundarySource.OFFICIAL for one in kelurahan),
        "features": [
            {
                "type": "Feature",
                "geometry": one.boundary,
                "properties": {
                    "code": one.code,
                    "name": one.name,
                    "kecamatan": one.kecamatan.name,
                    "label": [one.longitude, one.latitude],
                },
            }
            for one in kelurahan
        ],
    }

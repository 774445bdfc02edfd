"""What the form of the switch shows (templates/parts/switch.html), of one camera or of many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .forms import levels_for
from .models import Camera, VisibilityChange

RECENT = 3
_MOST_READ = 500


def switch_of(camera: Camera, changes: list[VisibilityChange], back_to: str) -> dict[str, Any]:
    """*changes*: its last ones, newest first; *back_to*: the name of the page to which the posted form leads back."""
    return {"camera": camera, "levels": levels_for(camera), "changes": changes, "back_to": back_to}


def recent_changes(rts: Iterable[int]) -> dict[int, list[VisibilityChange]]:
    """The last changes of each camera in these RTs, newest first, by the camera's primary key; no query where there are none."""
    found: dict[int, list[VisibilityChange]] = {}
    wanted = list(rts)
    if not wanted:
        return found
    changes = VisibilityChange.objects.filter(camera__rt__in=wanted).select_related("by").order_by("-at")
    for change in changes[:_MOST_READ]:
        mine = found.setdefault(change.camera_id, [])
        if len(mine) < RECENT:
            mine.append(change)
    return found

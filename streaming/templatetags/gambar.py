"""Whether a page offers to keep a picture."""

from __future__ import annotations

from typing import Any

from django import template

from cameras.models import Camera
from streaming import keepsakes

register = template.Library()


@register.simple_tag(takes_context=True)
def may_save(context: dict[str, Any], camera: Camera) -> bool:
    """``{% may_save camera as saveable %}``, of a camera that this person may watch."""
    return keepsakes.may_save(context["request"].user, camera)

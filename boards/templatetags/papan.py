"""What pages of other rooms show of this one: stars, the cameras beside one, and whether data is being saved."""

from __future__ import annotations

from typing import Any

from django import template

from boards import favourites, home, saving
from boards.home import Beside
from cameras.models import Camera

register = template.Library()


@register.simple_tag(takes_context=True)
def beside(context: dict[str, Any], camera: Camera) -> Beside | None:
    """``{% beside camera as near %}``: the cameras before and after it, for whoever asks."""
    return home.beside(context["request"].user, camera)


@register.simple_tag(takes_context=True)
def has_star(context: dict[str, Any], camera: Camera) -> bool:
    return favourites.is_starred(context["request"].user, camera)


@register.simple_tag(takes_context=True)
def is_saving(context: dict[str, Any]) -> bool:
    return saving.is_saving(context["request"])

"""The kentongan on the pages of other rooms."""

from __future__ import annotations

from typing import Any

from django import template

from neighborhoods.models import RT

register = template.Library()


@register.inclusion_tag("alerts/button.html")
def kentongan(rt: RT) -> dict[str, Any]:
    """A link to the button of this RT."""
    return {"rt": rt}


@register.inclusion_tag("alerts/emergency.html")
def emergency() -> dict[str, Any]:
    """The numbers that answer always."""
    return {}


@register.simple_tag(takes_context=True)
def hears_kabar(context: dict[str, Any]) -> bool:
    """Whether a page of this person's listens for news; no query on the pages of strangers."""
    user = context.get("user")
    return bool(user is not None and user.is_authenticated)

"""Reports on the pages of other rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from incidents import concerned
from incidents.models import RUNNING
from neighborhoods.residency import standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

register = template.Library()


@register.inclusion_tag("incidents/open.html")
def open_incidents(user: User | AnonymousUser) -> dict[str, Any]:
    """A line with how many reports wait for *user*; no query for those who handle none."""
    standing = standing_of(user)
    handles = bool(standing.officer or standing.headed_rts or standing.leads)
    return {
        "count": concerned.handled_by(standing).filter(state__in=RUNNING).count() if handles else 0,
        "belongs": bool(standing.rts) or handles,
    }

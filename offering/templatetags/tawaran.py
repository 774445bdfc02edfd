"""How many offers wait, for the pages of those who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from neighborhoods.residency import standing_of
from offering.deciding import waiting

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

register = template.Library()


@register.simple_tag
def tawaran_menunggu(user: User | AnonymousUser) -> int:
    """The number of offers that wait for *user*; one query for those who may decide, none for others."""
    standing = standing_of(user)
    return waiting(standing).count() if standing.officer or standing.headed_rts or standing.leads else 0

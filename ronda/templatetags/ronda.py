"""Tonight's watch, for pages of other rooms, and nights as people say them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from ronda.access import home_rts
from ronda.evening import evenings
from ronda.night_words import night_words, when_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

register = template.Library()


@register.inclusion_tag("ronda/tonight_note.html")
def ronda_malam_ini(user: User | AnonymousUser) -> dict[str, Any]:
    """Who watches tonight in the RTs of *user*, and when it is their turn; nothing for somebody who belongs to none."""
    found = evenings(home_rts(user), now=timezone.now())
    return {
        "homes": [{"evening": one, "mine": one.turn_of(user.pk or 0)} for one in found],
        "several": len(found) > 1,
    }


@register.filter
def malam(night: date) -> str:
    """``Senin, 23 November``."""
    return night_words(night)


@register.filter
def kapan_malam(night: date, today: date) -> str:
    """``malam ini``, ``besok malam``, else ``Senin, 23 November``."""
    return when_words(night, tonight=today)

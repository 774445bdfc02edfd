"""How people are called on the portal's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def name_of(person: User | None) -> str:
    """``Siti Rahayu``, or the name of the account where no other was given; ``portal`` for what nobody did."""
    return (person.get_full_name() or person.get_username()) if person else "portal"

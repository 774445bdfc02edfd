"""What somebody has to do for their neighbourhood, as a part of a page."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import template
from django.db.models import Count, Q

from neighborhoods.managing import waiting_in
from neighborhoods.models import RT, Residency
from neighborhoods.residency import standing_of

register = template.Library()


@register.inclusion_tag("accounts/duties.html", takes_context=True)
def duties(context: dict[str, Any]) -> dict[str, Any]:
    """Nothing, and no query, for somebody who manages nothing."""
    user = context["user"]
    standing = standing_of(user)
    if not (standing.headed_rts or standing.leads or standing.officer):
        return {}
    waits = Q(residencies__state=Residency.State.PENDING)
    headed = RT.objects.filter(pk__in=standing.headed_rts, valid_to__isnull=True).select_related("rw")
    leads = standing.leads or standing.officer
    return {
        "headed": headed.annotate(waiting=Count("residencies", filter=waits)),
        "leads": leads,
        "waiting": waiting_in(standing) if leads else 0,
        "secured": is_mfa_enabled(user),
    }

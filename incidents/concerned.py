"""Who has to do with a report: who handles it, who reads all of it, who reads only that there is one."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from neighborhoods.managing import managed_rts
from neighborhoods.models import Office, Residency
from neighborhoods.residency import Standing, standing_of

from .models import Incident


def handled_by(standing: Standing) -> QuerySet[Incident]:
    """Those that this person has to handle: of the RTs they manage, as head or standing in; officers those of their categories, of
    no RT, and of RTs without a head.
    """
    return _incidents().filter(_handled_by(standing))


def read_by(standing: Standing) -> QuerySet[Incident]:
    """Those that they read with words and picture: what they handle, and what they reported."""
    return _incidents().filter(_handled_by(standing) | _own(standing))


def known_to(standing: Standing) -> QuerySet[Incident]:
    """Besides, those of their RTs, of which they read what, where and when, and what became of it."""
    return _incidents().filter(_handled_by(standing) | _own(standing) | Q(rt__in=standing.rts))


def people_of(incident: Incident) -> set[int]:
    """The accounts that have to handle it. Asks for the standing of each who might: an office may count for nothing."""
    offices = Q(offices__kind=Office.Kind.PETUGAS)
    heads = Q(pk__in=[])
    if incident.rt is not None:
        rt = incident.rt
        heads = Q(residencies__rt=rt, residencies__role=Residency.Role.KETUA, residencies__state=Residency.State.ACTIVE)
        offices |= Q(offices__rw=rt.rw_id) | Q(offices__kelurahan=rt.rw.kelurahan_id)
    people = User.objects.filter(heads | Q(offices__until__isnull=True) & offices, is_active=True).distinct()
    return {one.pk for one in people if handles(standing_of(one), incident)}


def handles(standing: Standing, incident: Incident) -> bool:
    return Incident.objects.filter(_handled_by(standing), pk=incident.pk).exists()


def _handled_by(standing: Standing) -> Q:
    rule = Q(pk__in=[])
    if standing.headed_rts or standing.leads:
        rule |= Q(rt__in=managed_rts(replace(standing, officer=False)).values("pk"))
    if standing.officer:
        rule |= (
            Q(category__in=settings.OFFICER_CATEGORIES) | Q(rt__isnull=True) | Q(~Exists(_heads()), rt__isnull=False)
        )
    return rule


def _own(standing: Standing) -> Q:
    return Q(reporter=standing.person) if standing.person else Q(pk__in=[])


def _heads() -> QuerySet[Residency]:
    # The head of an RT that has ended manages nothing any more.
    rows = Residency.objects.active().filter(rt__valid_to__isnull=True, rt__rw__valid_to__isnull=True)
    return rows.filter(rt=OuterRef("rt"), role=Residency.Role.KETUA, user__is_active=True)


def _incidents() -> QuerySet[Incident]:
    return Incident.objects.select_related(
        "rt__rw__kelurahan", "camera__kelurahan", "camera__rt__rw", "reporter"
    ).defer("rt__rw__kelurahan__boundary", "camera__kelurahan__boundary")

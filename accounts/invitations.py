"""Inviting into an RT, and coming by an invitation. Who comes waits until the RT approves (accounts.belonging)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from neighborhoods.models import RT, Residency

from .models import Invitation, Joining

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CannotJoin(Exception):
    """The message says why, for people."""


def invite(rt: RT, *, role: str, days: int, uses: int, by: User) -> Invitation:
    """A new invitation into *rt*, valid for *days* and for *uses* people."""
    return Invitation.objects.create(
        rt=rt, role=role, valid_until=timezone.now() + timedelta(days=days), uses=uses, made_by=by
    )


def revoke(invitation: Invitation, *, by: User) -> bool:
    """Nobody comes by it any more; who came stays. False if it was revoked already."""
    open_ = Invitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True)
    return bool(open_.update(revoked_at=timezone.now(), revoked_by=by))


def join(invitation: Invitation, user: User) -> Residency:
    """*user* asks for a place in the invitation's RT; whoever waits or lives there already gets what there is.

    Raises:
        CannotJoin: the invitation is used up, out of date or revoked, or the RT has ended.
    """
    there = _running(invitation, user)
    if there is not None:
        return there
    if invitation.rt.valid_to is not None or invitation.rt.rw.valid_to is not None:
        raise CannotJoin(_("RT pada undangan ini sudah tidak ada. Mintalah undangan baru kepada Ketua RT Anda."))
    try:
        with transaction.atomic():
            _take_use(invitation)
            residency = Residency.objects.create(user=user, rt=invitation.rt, role=invitation.role)
            Joining.objects.create(invitation=invitation, residency=residency)
    except IntegrityError:
        # The same person, twice in the same instant: the other one won, and this one gave its use back.
        there = _running(invitation, user)
        if there is None:
            raise
        return there
    return residency


def _running(invitation: Invitation, user: User) -> Residency | None:
    return Residency.objects.filter(user=user, rt=invitation.rt).exclude(state=Residency.State.ENDED).first()


def _take_use(invitation: Invitation) -> None:
    """One of two who come for the last use gets it: the database decides."""
    open_ = Invitation.objects.filter(
        pk=invitation.pk, used__lt=F("uses"), revoked_at__isnull=True, valid_until__gt=timezone.now()
    )
    if not open_.update(used=F("used") + 1):
        raise CannotJoin(_("Undangan ini sudah tidak berlaku. Mintalah undangan baru kepada Ketua RT Anda."))

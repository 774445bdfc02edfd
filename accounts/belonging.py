"""Who belongs to an RT: approving, refusing, ending and leaving. Each bites at once: the signals of Residency see to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighborhoods.models import Residency

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CannotDecide(Exception):
    """The message says why, for people."""


_MEANWHILE = gettext_lazy("Keadaannya baru saja berubah. Muat ulang halaman, lalu coba lagi.")


def approve(residency: Residency, *, by: User) -> None:
    """Raises: CannotDecide, where it does not wait (any more)."""
    if residency.state != Residency.State.PENDING or not residency.become(Residency.State.ACTIVE, by=by):
        raise CannotDecide(_MEANWHILE)


def refuse(residency: Residency, *, by: User) -> None:
    """Raises: CannotDecide, where it does not wait (any more)."""
    if residency.state != Residency.State.PENDING or not residency.become(Residency.State.ENDED, by=by):
        raise CannotDecide(_MEANWHILE)


def end(residency: Residency, *, by: User) -> None:
    """Ends what somebody was in an RT. Raises: CannotDecide, where it is not active, or is the head's."""
    if residency.role == Residency.Role.KETUA:
        raise CannotDecide(_("Ketua RT tidak dapat dikeluarkan dari sini. Serahkan dulu jabatannya."))
    if residency.state != Residency.State.ACTIVE or not residency.become(Residency.State.ENDED, by=by):
        raise CannotDecide(_MEANWHILE)


def leave(residency: Residency, *, by: User) -> bool:
    """Somebody goes by themselves, or takes back what they asked for; False if that was so already."""
    return residency.state != Residency.State.ENDED and residency.become(Residency.State.ENDED, by=by)

"""A link for a new password, handed out by somebody who knows the person, since many have no e-mail.

Whoever holds such a link holds the account. So a head makes them only for people who open nothing that the head does not manage
anyway: residents and guards of the own RT, who hold no office, administer nothing, and belong to no other RT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from neighborhoods.managing import managed_rts
from neighborhoods.models import Office, Residency

from .models import ResetLink

if TYPE_CHECKING:
    from neighborhoods.residency import Standing


class CannotReset(Exception):
    """The message says why, for people."""


def make_link(user: User, *, by: User, standing: Standing) -> str:
    """The path of a page on which *user* chooses a new password: works once, for a day. Logged.

    Raises:
        CannotReset: *by*, being what *standing* says, may not do that for this person.
    """
    _check(user, by, standing)
    ResetLink.objects.create(user=user, made_by=by)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )


def note_use(user: User) -> None:
    """A password was reset: whatever links were handed out are used up."""
    ResetLink.objects.filter(user=user, used_at__isnull=True).update(used_at=timezone.now())


def _check(user: User, by: User, standing: Standing) -> None:
    if user.pk == by.pk:
        raise CannotReset(_("Kata sandi sendiri diganti di halaman akun."))
    if not user.is_active:
        raise CannotReset(_("Akun ini tidak aktif."))
    if user.is_staff or user.is_superuser or Office.objects.current().filter(user=user).exists():
        raise CannotReset(
            _("Orang ini memegang jabatan. Kata sandinya hanya dapat diatur ulang oleh pengelola portal.")
        )
    if standing.officer:
        return
    belongs = Residency.objects.active().filter(user=user)
    if belongs.filter(role=Residency.Role.KETUA).exists() or not belongs.exists():
        raise CannotReset(_("Mintalah petugas kelurahan untuk mengatur ulang kata sandi orang ini."))
    if belongs.exclude(rt__in=managed_rts(standing)).exists():
        raise CannotReset(_("Orang ini juga terdaftar di RT lain. Mintalah petugas kelurahan."))

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Akun dan undangan")

    def ready(self) -> None:
        from allauth.account.signals import password_reset

        for signal in (post_save, post_delete):
            signal.connect(_second_factor, sender="mfa.Authenticator", dispatch_uid="accounts.second_factor")
        password_reset.connect(_password_reset, dispatch_uid="accounts.password_reset")


def _second_factor(instance: Any, **kwargs: Any) -> None:
    """Whoever gains or loses a second factor may gain or lose an office with it."""
    from neighborhoods.residency import announce_second_factor

    if kwargs.get("signal") is post_delete or kwargs.get("created"):
        announce_second_factor(instance.user_id)


def _password_reset(user: "User", **kwargs: Any) -> None:
    from .resetting import note_use

    note_use(user)

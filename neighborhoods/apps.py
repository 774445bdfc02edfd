from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .models import RT, RW, Office, Residency


class NeighborhoodsConfig(AppConfig):
    name = "neighborhoods"
    verbose_name = _("Wilayah dan warga")

    def ready(self) -> None:
        """Hears of every way in which somebody comes or goes: a form, a command, a deletion."""
        pre_save.connect(_remember_residency, sender="neighborhoods.Residency", dispatch_uid="neighborhoods.before")
        pre_save.connect(_remember_office, sender="neighborhoods.Office", dispatch_uid="neighborhoods.office_before")
        for signal in (post_save, post_delete):
            signal.connect(_residency, sender="neighborhoods.Residency", dispatch_uid="neighborhoods.residency")
            signal.connect(_office, sender="neighborhoods.Office", dispatch_uid="neighborhoods.office")
        post_save.connect(_account, sender=settings.AUTH_USER_MODEL, dispatch_uid="neighborhoods.account")
        post_save.connect(_place, sender="neighborhoods.RT", dispatch_uid="neighborhoods.rt")
        post_save.connect(_place, sender="neighborhoods.RW", dispatch_uid="neighborhoods.rw")
        user_logged_out.connect(_logged_out, dispatch_uid="neighborhoods.logged_out")


def _remember_residency(instance: "Residency", **kwargs: Any) -> None:
    """Notes what it opened until now, so that a move to another RT or a lesser role is seen as the loss that it is."""
    from .residency import opened_by_residency

    before = type(instance).objects.filter(pk=instance.pk).select_related("rt__rw").first()
    instance.opened_before = opened_by_residency(before)  # type: ignore[attr-defined]


def _residency(instance: "Residency", created: bool = False, **kwargs: Any) -> None:
    from .residency import STRANGER, announce, opened_by_residency

    if kwargs.get("signal") is post_delete:
        announce(instance.user_id, opened_by_residency(instance))
        return
    before = getattr(instance, "opened_before", STRANGER)
    announce(instance.user_id, before if before != opened_by_residency(instance) else STRANGER)


def _remember_office(instance: "Office", **kwargs: Any) -> None:
    from .residency import opened_by_office

    before = type(instance).objects.filter(pk=instance.pk).first()
    instance.opened_before = opened_by_office(before)  # type: ignore[attr-defined]


def _office(instance: "Office", created: bool = False, **kwargs: Any) -> None:
    from .residency import STRANGER, announce, opened_by_office

    if kwargs.get("signal") is post_delete:
        announce(instance.user_id, opened_by_office(instance))
        return
    before = getattr(instance, "opened_before", STRANGER)
    announce(instance.user_id, before if before != opened_by_office(instance) else STRANGER)


def _account(instance: "User", created: bool = False, **kwargs: Any) -> None:
    from .residency import announce_suspension

    if not created and not instance.is_active:
        announce_suspension(instance.pk)


def _place(instance: "RT | RW", created: bool = False, **kwargs: Any) -> None:
    from .residency import announce_end_of

    if not created and instance.valid_to is not None:
        announce_end_of(instance)


def _logged_out(user: "User | None", **kwargs: Any) -> None:
    from .residency import STRANGER, announce

    if user is not None:
        announce(user.pk, STRANGER)

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from neighborhoods.signals import standing_changed

if TYPE_CHECKING:
    from neighborhoods.residency import Standing


class RondaConfig(AppConfig):
    name = "ronda"
    verbose_name = _("Ronda")

    def ready(self) -> None:
        standing_changed.connect(_somebody_left, dispatch_uid="ronda")


def _somebody_left(sender: object, user_id: int, lost: Standing, **_more: object) -> None:
    from .planning import leave  # which needs the models, and they are not there before now

    if lost.rts:
        leave(user_id, lost.rts)

"""Nights as people say them."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _


def night_words(night: date) -> str:
    """``Senin, 23 November``."""
    return f"{weekday_words(night.isoweekday())}, {night.day} {MONTHS[night.month]}"


def weekday_words(weekday: int) -> str:
    """Of an ISO weekday: ``Senin``."""
    return str(WEEKDAYS[weekday - 1])


def when_words(night: date, *, tonight: date) -> str:
    """``malam ini``, ``besok malam``, else ``Senin, 23 November``."""
    away = (night - tonight).days
    if away == 0:
        return _("malam ini")
    return _("besok malam") if away == 1 else night_words(night)

"""What the viewing log says: totals for those who manage a camera, and names for cause, which is written down itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from cameras.models import Camera

from .models import NamesLook, Viewing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LEAST_REASON = 10
# Days beyond these are slips of the keyboard, and those at the calendar's end cannot be counted with.
_FIRST_DAY, _LAST_DAY = date(2020, 1, 1), date(2200, 1, 1)


class NotWithoutReason(Exception):
    """The message says what is missing, for people."""


@dataclass
class Day:
    """One day in the city's zone. *people*: distinct accounts; *strangers*: viewings of people without one; *minutes* of all."""

    day: date
    viewings: int = 0
    people: int = 0
    strangers: int = 0
    minutes: int = 0


@dataclass
class _Sum:
    viewings: int = 0
    strangers: int = 0
    seconds: float = 0.0
    accounts: set[int] = field(default_factory=set)


def totals(camera: Camera, *, days: int = 14, now: datetime | None = None) -> list[Day]:
    """The last days on which somebody watched, newest first. A viewing counts on the day on which it began."""
    today = timezone.localtime(now or timezone.now()).date()
    begin, _ = _bounds(today - timedelta(days=days - 1), today)
    sums: dict[date, _Sum] = defaultdict(_Sum)
    rows = Viewing.objects.filter(camera=camera, began_at__gte=begin)
    for row in rows.only("account_id", "began_at", "seen_until").iterator(chunk_size=2000):
        of_day = sums[timezone.localtime(row.began_at).date()]
        of_day.viewings += 1
        of_day.seconds += (row.seen_until - row.began_at).total_seconds()
        if row.account_id is None:
            of_day.strangers += 1
        else:
            of_day.accounts.add(row.account_id)
    return [
        Day(day, one.viewings, len(one.accounts), one.strangers, round(one.seconds / 60))
        for day, one in sorted(sums.items(), reverse=True)
    ]


def names(
    camera: Camera, *, by: User, reason: str, first_day: date, last_day: date, now: datetime | None = None
) -> list[Viewing]:
    """Who watched *camera* in these days, newest first. That *by* looked, and why, is written down before.

    Raises: NotWithoutReason.
    """
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise NotWithoutReason(
            gettext("Tulis alasannya, paling sedikit %(n)s huruf. Alasan ini tercatat.") % {"n": LEAST_REASON}
        )
    if not _FIRST_DAY <= first_day <= last_day <= _LAST_DAY or (last_day - first_day).days > settings.VIEWING_LOG_DAYS:
        raise NotWithoutReason(
            gettext("Tanggal akhir harus sesudah tanggal awal, dan paling lama selama catatan disimpan.")
        )
    begin, end = _bounds(first_day, last_day)
    with transaction.atomic():
        NamesLook.objects.create(
            camera=camera, by=by, at=now or timezone.now(), reason=reason[:200], first_day=first_day, last_day=last_day
        )
        rows = Viewing.objects.filter(camera=camera, began_at__gte=begin, began_at__lt=end)
        return list(rows.select_related("account").order_by("-began_at", "-pk")[:1000])


def looks(camera: Camera) -> list[NamesLook]:
    """Who looked at names, newest first; everybody who manages the camera sees it."""
    return list(NamesLook.objects.filter(camera=camera).select_related("by")[:50])


def name_of(viewing: Viewing) -> str:
    """``tanpa akun`` for people without one, ``akun yang sudah dihapus`` for one that is gone."""
    if viewing.account is not None:
        return viewing.account.get_full_name() or viewing.account.get_username()
    return gettext("tanpa akun") if viewing.viewer.startswith("t") else gettext("akun yang sudah dihapus")


def _bounds(first: date, last: date) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(first, time.min, tzinfo=zone),
        datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone),
    )

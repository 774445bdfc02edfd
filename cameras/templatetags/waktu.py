"""Times as people say them; the same words as static/js/time.js, which keeps them fresh while a page is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

register = template.Library()

_MONTHS = (
    gettext_lazy("Jan"),
    gettext_lazy("Feb"),
    gettext_lazy("Mar"),
    gettext_lazy("Apr"),
    gettext_lazy("Mei"),
    gettext_lazy("Jun"),
    gettext_lazy("Jul"),
    gettext_lazy("Agu"),
    gettext_lazy("Sep"),
    gettext_lazy("Okt"),
    gettext_lazy("Nov"),
    gettext_lazy("Des"),
)


@register.filter
def jam(moment: datetime) -> str:
    """``21.14`` in the installation's zone; English writes 21:14."""
    return _clock(timezone.localtime(moment))


@register.filter
def tanggal(moment: datetime) -> str:
    """``3 Nov 21.14``."""
    local = timezone.localtime(moment)
    return f"{_day(local)} {_clock(local)}"


@register.filter
def sejak(moment: datetime) -> SafeString:
    """A ``<time>`` element that says since when, for example ``sejak 21.14, 3 menit lalu``."""
    words = since_words(moment, timezone.now())
    return format_html('<time datetime="{}" data-since>{}</time>', moment.isoformat(), words)


def since_words(moment: datetime, now: datetime) -> str:
    """``sejak 21.14, 3 menit lalu``; on other days the day instead of the time."""
    local, today = timezone.localtime(moment), timezone.localtime(now)
    past = ago_words(moment, now)
    if local.date() == today.date():
        return gettext("sejak %(time)s, %(past)s") % {"time": _clock(local), "past": past}
    if local.date() == today.date() - timedelta(days=1):
        return gettext("sejak kemarin %(time)s, %(past)s") % {"time": _clock(local), "past": past}
    year = "" if local.year == today.year else f" {local.year}"
    return gettext("sejak %(day)s, %(past)s") % {"day": f"{_day(local)}{year}", "past": past}


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago in one unit, rounded down: ``baru saja``, ``3 menit lalu``, ``2 bulan lalu``."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return gettext("baru saja")
    if (years := minutes // (365 * 1440)) >= 1:
        return ngettext("%(n)s tahun lalu", "%(n)s tahun lalu", years) % {"n": years}
    if (months := minutes // (30 * 1440)) >= 1:
        return ngettext("%(n)s bulan lalu", "%(n)s bulan lalu", months) % {"n": months}
    if (days := minutes // 1440) >= 1:
        return ngettext("%(n)s hari lalu", "%(n)s hari lalu", days) % {"n": days}
    if (hours := minutes // 60) >= 1:
        return ngettext("%(n)s jam lalu", "%(n)s jam lalu", hours) % {"n": hours}
    return ngettext("%(n)s menit lalu", "%(n)s menit lalu", minutes) % {"n": minutes}


def _clock(local: datetime) -> str:
    # The sign between hour and minute differs.
    return local.strftime(gettext("%H.%M"))


def _day(local: datetime) -> str:
    return f"{local.day} {_MONTHS[local.month - 1]}"

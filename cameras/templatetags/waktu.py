"""Times as people say them; the same words as static/js/time.js, which keeps them fresh while a page is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@register.filter
def jam(moment: datetime) -> str:
    """``21.14`` in the installation's zone."""
    return timezone.localtime(moment).strftime("%H.%M")


@register.filter
def tanggal(moment: datetime) -> str:
    """``3 Nov 21.14``."""
    local = timezone.localtime(moment)
    return f"{local.day} {_MONTHS[local.month - 1]} {local:%H.%M}"


@register.filter
def sejak(moment: datetime) -> SafeString:
    """A ``<time>`` element that says since when, for example ``sejak 21.14, 3 menit lalu``."""
    words = since_words(moment, timezone.now())
    return format_html('<time datetime="{}" data-since>{}</time>', moment.isoformat(), words)


def since_words(moment: datetime, now: datetime) -> str:
    """``sejak 21.14, 3 menit lalu``; on other days the day instead of the time."""
    local, today = timezone.localtime(moment), timezone.localtime(now)
    ago = ago_words(moment, now)
    if local.date() == today.date():
        return f"sejak {local:%H.%M}, {ago}"
    if local.date() == today.date() - timedelta(days=1):
        return f"sejak kemarin {local:%H.%M}, {ago}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"sejak {local.day} {_MONTHS[local.month - 1]}{year}, {ago}"


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago in one unit, rounded down: ``baru saja``, ``3 menit lalu``, ``2 bulan lalu``."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "baru saja"
    for size, unit in ((365 * 1440, "tahun"), (30 * 1440, "bulan"), (1440, "hari"), (60, "jam"), (1, "menit")):
        if minutes >= size:
            return f"{minutes // size} {unit} lalu"
    return "baru saja"

"""Reports that a view violates privacy. Anyone may make one, also without an account; several distinct people hide the camera until
somebody who manages it has looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from neighborhoods.wording import said

from . import confirming
from .models import Camera, Need
from .view_records import PrivacyReport

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class TooManyReports(Exception):
    """The message says so, for people."""


@dataclass(frozen=True)
class Reporter:
    """Somebody who reports: a keyed hash that tells one from another, and their account, if they have one."""

    key: str
    account: User | None = None


def reporter_of(user: User | AnonymousUser, address: str) -> Reporter:
    """*address*: the network address. Of IPv6 the network counts, since one household has 2^64 addresses."""
    if user.is_authenticated:
        return Reporter(_hash(f"akun {user.pk}"), user)
    return Reporter(_hash(f"alamat {_network(address)}"))


def report(camera: Camera, *, reporter: Reporter, reason: str, now: datetime | None = None) -> PrivacyReport:
    """Keeps the report; the one that is there where this reporter has one that nobody answered. Raises: TooManyReports."""
    now = now or timezone.now()
    since = now - timedelta(days=settings.REPORT_DAYS)
    with transaction.atomic():
        Camera.objects.select_for_update().get(pk=camera.pk)  # two at once are counted one after the other
        mine = PrivacyReport.objects.filter(reporter=reporter.key)
        there = mine.filter(camera=camera, at__gte=since, answered_at__isnull=True).first()
        if there is not None:
            return there
        if mine.filter(at__gte=now - timedelta(days=1)).count() >= settings.REPORTS_A_DAY:
            raise TooManyReports(_("Hari ini sudah banyak laporan dari akun atau sambungan ini. Coba lagi besok."))
        made = PrivacyReport.objects.create(
            camera=camera, reporter=reporter.key, account=reporter.account, reason=reason.strip()[:500], at=now
        )
        people = waiting(camera).filter(at__gte=since).values("reporter").distinct().count()
        if people >= settings.REPORTS_TO_HIDE:
            confirming.ask(camera.pk, Need.REPORTED, note=said("%(n)s orang melaporkan") % {"n": people}, now=now)
    return made


def answer(made: PrivacyReport, *, text: str, by: User, now: datetime | None = None) -> bool:
    """Answers one report; False if somebody has answered it already."""
    rows = PrivacyReport.objects.filter(pk=made.pk, answered_at__isnull=True)
    return bool(rows.update(answer=text.strip()[:500], answered_at=now or timezone.now(), answered_by=by))


def waiting(camera: Camera) -> QuerySet[PrivacyReport]:
    """The reports that nobody answered."""
    return camera.privacy_reports.filter(answered_at__isnull=True)


def _network(address: str) -> str:
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(int(ip) >> 64)
    return str(ip)


def _hash(text: str) -> str:
    return salted_hmac("cameras.reports", text, algorithm="sha256").hexdigest()[:32]

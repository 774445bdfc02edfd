"""What a person is to the neighbourhoods: one small value that the gate, the pages and the sockets ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, QuerySet, Value

from .models import RT, RW, Office, Residency
from .signals import standing_changed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


@dataclass(frozen=True)
class Standing:
    """Who somebody is and where they belong: primary keys; empty for a stranger.

    * ``rts``: RTs they live in, head, or guard; ``headed_rts``: those they head
    * ``rws``, ``kelurahan``: where they live (a guard's RT does not count here)
    * ``led_rws``, ``led_kelurahan``, ``led_kecamatan``: where they are Ketua RW, lurah, camat
    * ``officer``: of the situation room
    * ``unsecured``: an office of theirs counts for nothing, since it needs a second factor and they have none
    """

    person: int | None = None
    rts: frozenset[int] = frozenset()
    headed_rts: frozenset[int] = frozenset()
    rws: frozenset[int] = frozenset()
    kelurahan: frozenset[int] = frozenset()
    led_rws: frozenset[int] = frozenset()
    led_kelurahan: frozenset[int] = frozenset()
    led_kecamatan: frozenset[int] = frozenset()
    officer: bool = False
    unsecured: bool = False

    @property
    def leads(self) -> bool:
        """Whether they are Ketua RW, lurah or camat somewhere."""
        return bool(self.led_rws or self.led_kelurahan or self.led_kecamatan)


STRANGER = Standing()
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_HOME, _OFFICE = "home", "office"
_NOWHERE = Value(None, output_field=BigIntegerField(null=True))


class _Home(NamedTuple):
    role: str
    rt: int
    rw: int
    kelurahan: int


_known: ContextVar[dict[int, Standing] | None] = ContextVar("standings known to this request", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it the database is asked once for each person. Around a request; never around something that lasts."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def standing_of(user: User | AnonymousUser) -> Standing:
    """One query for somebody logged in, once a request; none for a stranger. Pending and ended residencies, offices that
    ended, places that ended, and an office of the city without a second factor count for nothing.
    """
    if user.pk is None or not user.is_active:
        return STRANGER
    known = _known.get()
    if known is None:
        return _read(user.pk)
    if user.pk not in known:
        known[user.pk] = _read(user.pk)
    return known[user.pk]


def _read(person: int) -> Standing:
    """One query: what they are at home, and the offices they hold."""
    rows = list(_homes_of(person).union(_offices_of(person), all=True))
    homes = [_Home(role, rt, rw, kelurahan) for what, role, rt, rw, kelurahan, _, _ in rows if what == _HOME]
    held = [
        (kind, rw, kelurahan, kecamatan, secured)
        for what, kind, _, rw, kelurahan, kecamatan, secured in rows
        if what == _OFFICE
    ]
    offices = [
        office for office in held if office[4] or office[0] not in Office.SECURED or not settings.SECOND_FACTOR_REQUIRED
    ]
    lived_in = [home for home in homes if home.role != Residency.Role.PENJAGA]
    return Standing(
        person=person,
        rts=frozenset(home.rt for home in homes),
        headed_rts=frozenset(home.rt for home in homes if home.role == Residency.Role.KETUA),
        rws=frozenset(home.rw for home in lived_in),
        kelurahan=frozenset(home.kelurahan for home in lived_in),
        led_rws=frozenset(rw for _, rw, _, _, _ in offices if rw is not None),
        led_kelurahan=frozenset(kelurahan for _, _, kelurahan, _, _ in offices if kelurahan is not None),
        led_kecamatan=frozenset(kecamatan for _, _, _, kecamatan, _ in offices if kecamatan is not None),
        officer=any(kind == Office.Kind.PETUGAS for kind, *_ in offices),
        unsecured=len(offices) < len(held),
    )


def _homes_of(person: int) -> QuerySet[Residency, Any]:
    """The columns are those of ``_offices_of``: what it is, role or kind, RT, RW, kelurahan, kecamatan, second factor."""
    homes = Residency.objects.active().filter(user_id=person, rt__valid_to__isnull=True, rt__rw__valid_to__isnull=True)
    return homes.values_list(
        Value(_HOME), F("role"), F("rt_id"), F("rt__rw_id"), F("rt__rw__kelurahan_id"), _NOWHERE, Value(True)
    )


def _offices_of(person: int) -> QuerySet[Office, Any]:
    factors = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=_FACTORS)
    offices = Office.objects.current().filter(user_id=person, rw__valid_to__isnull=True)
    return offices.values_list(
        Value(_OFFICE), F("kind"), _NOWHERE, F("rw_id"), F("kelurahan_id"), F("kecamatan_id"), Exists(factors)
    )


def is_officer(user: User | AnonymousUser) -> bool:
    """Whether *user* holds an office of the situation room today."""
    return standing_of(user).officer


def opened_by_residency(residency: Residency | None) -> Standing:
    """What this one residency opens; nothing where there is none, or it is not active."""
    if residency is None or residency.state != Residency.State.ACTIVE:
        return STRANGER
    rt = residency.rt
    if residency.role == Residency.Role.PENJAGA:
        return Standing(rts=frozenset({rt.pk}))
    return Standing(
        rts=frozenset({rt.pk}),
        headed_rts=frozenset({rt.pk} if residency.role == Residency.Role.KETUA else ()),
        rws=frozenset({rt.rw_id}),
        kelurahan=frozenset({rt.rw.kelurahan_id}),
    )


def opened_by_office(office: Office | None) -> Standing:
    """What this one office opens; nothing where there is none, or it has ended."""
    if office is None or office.until is not None:
        return STRANGER
    return Standing(
        led_rws=_one(office.rw_id),
        led_kelurahan=_one(office.kelurahan_id),
        led_kecamatan=_one(office.kecamatan_id),
        officer=office.kind == Office.Kind.PETUGAS,
    )


def announce(user_id: int, lost: Standing) -> None:
    """Says after commit that this person's standing has changed; *lost*: what they may have lost by it."""
    known = _known.get()
    if known is not None:
        known.pop(user_id, None)
    transaction.on_commit(lambda: standing_changed.send(sender=Residency, user_id=user_id, lost=lost))


def announce_suspension(user_id: int) -> None:
    """Says so of everything that an account which is suspended had opened."""
    for residency in Residency.objects.active().filter(user_id=user_id).select_related("rt__rw"):
        announce(user_id, opened_by_residency(residency))
    for office in Office.objects.current().filter(user_id=user_id):
        announce(user_id, opened_by_office(office))
    announce(user_id, Standing(person=user_id))


def announce_second_factor(user_id: int) -> None:
    """Says so where somebody's offices may have begun or ceased to count."""
    now = _read(user_id)
    for office in Office.objects.current().filter(user_id=user_id, kind__in=Office.SECURED):
        announce(user_id, opened_by_office(office) if now.unsecured else STRANGER)


def announce_end_of(place: RT | RW) -> None:
    """Says so of everybody who belonged to an RT, or an RW, that has ended."""
    within = {"rt": place} if isinstance(place, RT) else {"rt__rw": place}
    for residency in Residency.objects.active().filter(**within).select_related("rt__rw"):
        announce(residency.user_id, opened_by_residency(residency))
    if isinstance(place, RW):
        for office in Office.objects.current().filter(rw=place):
            announce(office.user_id, opened_by_office(office))


def _one(place: int | None) -> frozenset[int]:
    return frozenset() if place is None else frozenset({place})

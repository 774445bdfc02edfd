"""Residents among themselves: who cannot come says so, and looks for somebody who watches in their place, in return for another night
or not. Every step is a row; two who answer at once settle it once.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from alerts.telling import tell
from neighborhoods.models import RT, Residency
from neighborhoods.wording import said

from .changing import CannotPlan, change, locked, must_lie_ahead
from .models import NightChange, Swap, SwapState, Why
from .night_words import night_words
from .roster import called, plan_on

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_PAGE = "/ronda/"
# So often one person's changing mind wakes others: about one night, and with new requests within a day. The pages show all of it.
_WORDS_A_NIGHT, _WORDS_A_DAY = 3, 10


def cannot_come(rt: RT, person: User, night: date, *, reason: str = "", now: datetime | None = None) -> None:
    """*person* does not come on this night; their head hears of it. Raises: CannotPlan."""
    now = now or timezone.now()
    with locked(rt):
        must_lie_ahead(rt, night, now)
        if not plan_on(rt, night, now=now).has(person.pk):
            raise CannotPlan(_("Anda tidak terjadwal pada malam itu."))
        before = NightChange.objects.filter(rt=rt, night=night, person=person, why=Why.AWAY).count()
        change(rt, person, night, on=False, why=Why.AWAY, note=reason, by=person, now=now)
    if before >= _WORDS_A_NIGHT:
        return

    def say() -> tuple[str, str]:
        return _("%(name)s berhalangan ronda") % {
            "name": called(person)
        }, f"{night_words(night)}. {reason.strip()}".strip()

    tell(_heads(rt), say, url=_PAGE, tag=f"ronda-berhalangan-{rt.pk}-{night}")


def can_come_after_all(rt: RT, person: User, night: date, *, now: datetime | None = None) -> None:
    """Takes back what ``cannot_come`` did, and nothing else. Raises: CannotPlan."""
    now = now or timezone.now()
    with locked(rt):
        must_lie_ahead(rt, night, now)
        newest = NightChange.objects.filter(rt=rt, night=night, person=person).order_by("pk").last()
        if newest is None or newest.on or newest.why != Why.AWAY:
            raise CannotPlan(_("Anda tidak berhalangan pada malam itu."))
        change(rt, person, night, on=True, why=Why.BACK, by=person, now=now)


def ask(
    rt: RT,
    asker: User,
    night: date,
    *,
    asked: User | None = None,
    in_return: date | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Swap:
    """Looks for somebody who watches *night* in the place of *asker*; the swap that is open, where there is one.

    Raises: CannotPlan.
    """
    now = now or timezone.now()
    with locked(rt):
        there = Swap.objects.filter(rt=rt, night=night, asker=asker, state=SwapState.OPEN).first()
        if there is not None:
            return there
        _check_wish(rt, asker, night, asked, in_return, now)
        before = Swap.objects.filter(rt=rt, asker=asker, opened_at__gt=now - timedelta(days=1)).count()
        swap = Swap.objects.create(
            rt=rt, night=night, asker=asker, asked=asked, in_return=in_return, note=note.strip()[:200], opened_at=now
        )
    people = [asked.pk] if asked is not None else _others(rt, asker)
    if before < _WORDS_A_DAY:
        _tell(people, swap, said("%(name)s minta tukar ronda"), asker)
    return swap


def accept(swap: Swap, by: User, *, now: datetime | None = None) -> None:
    """*by* watches in the asker's place. Raises: CannotPlan, with who was quicker."""
    now = now or timezone.now()
    with locked(swap.rt):
        fresh = _open(swap)
        asker = fresh.asker
        if asker is None or asker.pk == by.pk or fresh.asked_id not in {None, by.pk}:
            raise CannotPlan(_("Permintaan tukar ini bukan untuk Anda."))
        if not _belongs(fresh.rt, asker):
            raise CannotPlan(_("Orang ini bukan warga RT ini."))
        must_lie_ahead(fresh.rt, fresh.night, now)
        plan = plan_on(fresh.rt, fresh.night, now=now)
        if plan.has(by.pk):
            raise CannotPlan(_("Anda sendiri sudah terjadwal pada malam itu."))
        if fresh.in_return is not None:
            _check_return(fresh.rt, fresh.in_return, giver=by, taker=asker, now=now)
        _settle(fresh, SwapState.ACCEPTED, by, now)
        change(fresh.rt, asker, fresh.night, on=False, why=Why.SWAP, by=by, now=now, swap=fresh)
        change(fresh.rt, by, fresh.night, on=True, why=Why.SWAP, by=by, now=now, swap=fresh)
        if fresh.in_return is not None:
            change(fresh.rt, by, fresh.in_return, on=False, why=Why.SWAP, by=by, now=now, swap=fresh)
            change(fresh.rt, asker, fresh.in_return, on=True, why=Why.SWAP, by=by, now=now, swap=fresh)
    _tell_asker(fresh, said("%(name)s bersedia bertukar ronda"), by)


def refuse(swap: Swap, by: User, *, now: datetime | None = None) -> None:
    """Whoever was asked cannot either. Raises: CannotPlan."""
    with locked(swap.rt):
        fresh = _open(swap)
        if fresh.asked_id != by.pk:
            raise CannotPlan(_("Permintaan tukar ini bukan untuk Anda."))
        _settle(fresh, SwapState.REFUSED, by, now or timezone.now())
    _tell_asker(fresh, said("%(name)s tidak bisa bertukar ronda"), by)


def withdraw(swap: Swap, by: User, *, now: datetime | None = None) -> None:
    """The asker needs nobody any more. Raises: CannotPlan."""
    with locked(swap.rt):
        fresh = _open(swap)
        if fresh.asker_id != by.pk:
            raise CannotPlan(_("Hanya yang meminta yang dapat menariknya."))
        _settle(fresh, SwapState.WITHDRAWN, by, now or timezone.now())


def words_of(swap: Swap) -> str:
    """``Senin, 23 November; gantinya Rabu, 25 November. Istri sakit``."""
    words = night_words(swap.night)
    if swap.in_return is not None:
        words = _("%(night)s; gantinya %(other)s") % {"night": words, "other": night_words(swap.in_return)}
    return f"{words}. {swap.note}".rstrip()


def _check_wish(rt: RT, asker: User, night: date, asked: User | None, in_return: date | None, now: datetime) -> None:
    must_lie_ahead(rt, night, now)
    if not plan_on(rt, night, now=now).has(asker.pk):
        raise CannotPlan(_("Anda tidak terjadwal pada malam itu."))
    if asked is not None and (asked.pk == asker.pk or not _belongs(rt, asked)):
        raise CannotPlan(_("Pilih warga lain di RT ini."))
    if in_return is not None:
        must_lie_ahead(rt, in_return, now)
        plan = plan_on(rt, in_return, now=now)
        if in_return == night or plan.has(asker.pk):
            raise CannotPlan(_("Pilih malam lain sebagai gantinya, yang bukan giliran Anda."))
        if not plan.watchers or (asked is not None and not plan.has(asked.pk)):
            raise CannotPlan(_("Pada malam gantinya tidak ada yang dapat bertukar dengan Anda."))


def _check_return(rt: RT, night: date, *, giver: User, taker: User, now: datetime) -> None:
    must_lie_ahead(rt, night, now)
    plan = plan_on(rt, night, now=now)
    if not plan.has(giver.pk):
        raise CannotPlan(_("Hanya yang terjadwal pada malam gantinya yang dapat bertukar."))
    if plan.has(taker.pk):
        raise CannotPlan(_("Yang meminta sudah terjadwal pada malam gantinya."))


def _open(swap: Swap) -> Swap:
    """As it stands now. Raises: CannotPlan, where somebody settled it meanwhile."""
    fresh = Swap.objects.select_for_update(of=("self",)).select_related("asker", "rt__rw").get(pk=swap.pk)
    if fresh.state != SwapState.OPEN:
        who = called(fresh.settled_by)
        raise CannotPlan(_("Permintaan tukar ini sudah dijawab %(name)s.") % {"name": who})
    return fresh


def _settle(swap: Swap, state: SwapState, by: User, now: datetime) -> None:
    swap.state, swap.settled_by, swap.settled_at = state, by, now
    swap.save(update_fields=["state", "settled_by", "settled_at"])


def _tell_asker(swap: Swap, title: str, by: User) -> None:
    _tell([swap.asker_id] if swap.asker_id is not None else [], swap, title, by)


def _tell(people: list[int], swap: Swap, title: str, who: User) -> None:
    tell(people, lambda: (_(title) % {"name": called(who)}, words_of(swap)), url=_PAGE, tag=f"ronda-tukar-{swap.pk}")


def _heads(rt: RT) -> list[int]:
    heads = Residency.objects.active().filter(rt=rt, role=Residency.Role.KETUA)
    return list(heads.values_list("user_id", flat=True))


def _others(rt: RT, asker: User) -> list[int]:
    people = Residency.objects.active().filter(rt=rt).exclude(user=asker)
    return list(people.values_list("user_id", flat=True))


def _belongs(rt: RT, person: User) -> bool:
    return Residency.objects.active().filter(rt=rt, user=person, user__is_active=True).exists()

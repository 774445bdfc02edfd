"""The demo city's night watch: a roster, and nights that lie behind: some whole, one that nobody watched, one with a dead camera."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from cameras import access
from neighborhoods.models import RT
from ronda import planning, rounds
from ronda.hours_of import hours_book, tonight
from ronda.models import Round, Verdict, WeeklyDuty

from .cast import HOME_KELURAHAN, HOME_RT, HOME_RW, MAIL_DOMAIN

# ISO weekdays of the evening.
_GROUPS = {"warga": (1, 4), "ketua": (3, 6), "penjaga": (1, 2, 3, 4, 5, 6, 7)}
_NIGHTS = 8
# Nights ago, by who came and at what time of that night; on the night that is missing nobody did.
_ROUNDS = {
    1: (("penjaga", 22, 35), ("penjaga", 1, 10)),
    2: (("penjaga", 22, 20),),
    3: (("ketua", 22, 5), ("penjaga", 0, 45), ("penjaga", 3, 15)),
    5: (("penjaga", 23, 0),),
    6: (("warga", 22, 15), ("penjaga", 1, 40)),
    7: (("penjaga", 22, 50),),
    8: (("penjaga", 22, 30), ("penjaga", 2, 0)),
}
_SECONDS_A_CAMERA = 75


def build_watches(now: datetime | None = None) -> None:
    """Once: where the home RT has no roster and no round yet."""
    now = now or timezone.now()
    cast = {one.username: one for one in User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}")}
    rt = RT.objects.filter(
        rw__kelurahan__code=HOME_KELURAHAN, rw__number=HOME_RW, number=HOME_RT, valid_to__isnull=True
    ).first()
    if rt is None or not set(_GROUPS) <= set(cast):
        return
    if WeeklyDuty.objects.filter(rt=rt).exists() or Round.objects.filter(rt=rt).exists():
        return
    for name, weekdays in _GROUPS.items():
        for weekday in weekdays:
            planning.put_weekly(rt, cast[name], weekday, by=cast["ketua"], now=now - timedelta(days=_NIGHTS + 1))
    for ago, made in _ROUNDS.items():
        for name, hour, minute in made:
            _round(rt, cast[name], ago, time(hour, minute), now)


def _round(rt: RT, by: User, ago: int, clock: time, now: datetime) -> None:
    over = hours_book([rt.pk]).span(rt.pk, tonight(now)).end <= now
    night = tonight(now) - timedelta(days=ago - 1 if over else ago)
    day = night if clock.hour >= time(12).hour else night + timedelta(days=1)
    begun_at = datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())
    if not access.watchable(by).filter(rt=rt).exists():
        return
    begun = rounds.start(rt, by, fresh=True, now=begun_at)
    for number, stop in enumerate(begun.stops.select_related("camera"), start=1):
        assert stop.camera is not None  # noqa: S101 - begun a moment ago
        dead = ago == min(_ROUNDS) + 1 and number == 1
        finding = rounds.Finding(
            stop.camera.public_id,
            Verdict.DEAD if dead else Verdict.SAFE,
            f"contoh-{ago}-{clock:%H%M}-{number}",
            note="Lampu jalan padam" if ago == max(_ROUNDS) and number == 1 else "",
        )
        rounds.mark(begun, finding, now=begun_at + timedelta(seconds=number * _SECONDS_A_CAMERA))

"""Finds ``RT 3 / RW 005, Sekaran`` in what people type into a search box, and the places that they mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from .likeness import all_alike, words_of
from .models import RT, RW, Kecamatan, Kelurahan

M = TypeVar("M", bound=Model)

_NAMED = r"\b(rt|rw)[\s.:_-]*0*(\d{1,3})"
# "rt 3/5": the second number is the other one's.
_PAIR = re.compile(rf"{_NAMED}\s*/\s*0*(\d{{1,3}})\b", re.IGNORECASE)
_ONE = re.compile(rf"{_NAMED}\b", re.IGNORECASE)
# "05/01" means RT/RW to some and RW/RT to others.
_BARE = re.compile(r"(?<![\d/])0*(\d{1,3})\s*/\s*0*(\d{1,3})(?![\d/])")
# Said beside a place's name, and no part of it.
_BESIDE = frozenset(
    ["kel", "kelurahan", "kec", "kecamatan", "desa", "kota", "di", "dekat", "sekitar", "daerah", "wilayah"]
)
# Below this a name is another one.
_LIKE = 0.6
# Two kelurahan of about the same name are both meant.
_NEARLY = 0.15


class Numbers(NamedTuple):
    """An RT and an RW as they may have been meant, three digits each; empty where none was said."""

    rt: str = ""
    rw: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed: *numbers*, the likelier reading first, and the *words* beside them."""

    words: str
    numbers: tuple[Numbers, ...] = ()


@dataclass(frozen=True)
class Place:
    """A place that was found. *kind*: kecamatan, kelurahan, rw or rt; *key*: its primary key; *kelurahan*: that of the kelurahan
    it lies in, None for a kecamatan. *score*: how surely it was meant, up to 1.
    """

    kind: str
    key: int
    kelurahan: int | None
    id: str
    title: str
    subtitle: str
    url: str
    score: float


def read(text: str) -> Asked:
    """Takes RT and RW numbers out of *text*; those that are no numbers of an RT or RW (0) stay words."""
    for pattern, meaning in ((_PAIR, _of_pair), (_BARE, _of_bare)):
        if (match := pattern.search(text)) is not None and (numbers := meaning(match)):
            return Asked(_rest(text[: match.start()] + " " + text[match.end() :]), numbers)
    said = {kind.lower(): digits.zfill(3) for kind, digits in _ONE.findall(text) if int(digits)}
    if not said:
        return Asked(_rest(text))
    return Asked(_rest(_ONE.sub(" ", text)), (Numbers(said.get("rt", ""), said.get("rw", "")),))


def by_numbers(rows: QuerySet[M], words: str, *, rt: str, rw: str) -> tuple[QuerySet[M], str]:
    """*rows* of the RT and RW that *words* name, and the words that are left. *rt*, *rw*: the lookups of their numbers."""
    asked = read(words)
    return (rows.filter(numbered(asked.numbers, rt=rt, rw=rw)) if asked.numbers else rows), asked.words


def numbered(numbers: Iterable[Numbers], *, rt: str, rw: str) -> Q:
    """What has one of these *numbers*; *rt*, *rw*: the lookups."""
    rule = Q(pk__in=[])
    for one in numbers:
        rule |= Q(**({rt: one.rt} if one.rt else {}), **({rw: one.rw} if one.rw else {}))
    return rule


def places(asked: Asked, *, home: Collection[int], limit: int) -> list[Place]:
    """The places that are meant, the surest first; of places that are as likely those within *home* (primary keys of kelurahan)."""
    typed = [word for word in words_of(asked.words) if word not in _BESIDE]
    named = not asked.numbers
    found = _kecamatan(typed) + _kelurahan(typed) if named else _numbered(asked, typed, home, limit)
    found.sort(key=lambda place: (-place.score, place.kelurahan not in home, place.title, place.id))
    return found[:limit]


def _kecamatan(typed: list[str]) -> list[Place]:
    rows = Kecamatan.objects.filter(valid_to__isnull=True).values_list("pk", "code", "name")
    scored = [(all_alike(typed, words_of(name)), pk, code, name) for pk, code, name in rows]
    return [
        # Where a kelurahan has the same name, it is the likelier one.
        Place(
            "kecamatan", pk, None, code, name, _("Kecamatan"), reverse("wilayah-kecamatan", args=[code]), score - 0.01
        )
        for score, pk, code, name in scored
        if score >= _LIKE
    ]


def _kelurahan(typed: list[str]) -> list[Place]:
    rows = Kelurahan.objects.filter(valid_to__isnull=True).values_list("pk", "code", "name", "kecamatan__name")
    found = []
    for pk, code, name, above in rows:
        score = all_alike(typed, words_of(name), words_of(above)) if typed else 0.0
        if score >= _LIKE:
            subtitle = _("Kelurahan, Kec. %(kecamatan)s") % {"kecamatan": above}
            url = reverse("wilayah-kelurahan", args=[code])
            found.append(Place("kelurahan", pk, pk, code, name, subtitle, url, score))
    return found


def _numbered(asked: Asked, typed: list[str], home: Collection[int], limit: int) -> list[Place]:
    near = {place.key: place.score for place in _kelurahan(typed)}
    best = max(near.values(), default=0.0)
    near = {key: score for key, score in near.items() if score >= best - _NEARLY}
    if typed and not near:
        return []
    found: list[Place] = []
    for number, one in enumerate(asked.numbers):
        # Both readings of "05/01" are shown, the usual one first.
        found += _rts(one, near, home, limit, less=0.02 * number) if one.rt else _rws(one, near, home, limit)
    return found


def _rts(one: Numbers, near: dict[int, float], home: Collection[int], limit: int, *, less: float) -> list[Place]:
    rows = RT.objects.filter(number=one.rt, valid_to__isnull=True, rw__valid_to__isnull=True)
    if one.rw:
        rows = rows.filter(rw__number=one.rw)
    if near:
        rows = rows.filter(rw__kelurahan__in=near)
    columns = ("pk", "number", "rw__number", "rw__kelurahan_id", "rw__kelurahan__code", "rw__kelurahan__name")
    found = []
    for pk, rt, rw, key, code, name, above in _homely(
        rows, "rw__kelurahan", [*columns, "rw__kelurahan__kecamatan__name"], home, limit
    ):
        title = f"RT {rt} / RW {rw}"
        url = reverse("wilayah-rt", args=[code, rw, rt])
        score = near.get(key, 0.7) - less
        found.append(Place("rt", pk, key, f"{code}/{rw}/{rt}", title, f"{name}, Kec. {above}", url, score))
    return found


def _rws(one: Numbers, near: dict[int, float], home: Collection[int], limit: int) -> list[Place]:
    rows = RW.objects.filter(number=one.rw, valid_to__isnull=True)
    if near:
        rows = rows.filter(kelurahan__in=near)
    columns = ["pk", "number", "kelurahan_id", "kelurahan__code", "kelurahan__name", "kelurahan__kecamatan__name"]
    found = []
    for pk, rw, key, code, name, above in _homely(rows, "kelurahan", columns, home, limit):
        url = reverse("wilayah-rw", args=[code, rw])
        score = near.get(key, 0.7)
        found.append(Place("rw", pk, key, f"{code}/{rw}", f"RW {rw}", f"{name}, Kec. {above}", url, score))
    return found


def _homely(
    rows: QuerySet[M], kelurahan: str, columns: list[str], home: Collection[int], limit: int
) -> list[tuple[Any, ...]]:
    """At most *limit* of *rows*, those at *home* first."""
    mine = list(rows.filter(**{f"{kelurahan}__in": home}).values_list(*columns)[:limit]) if home else []
    others = rows.exclude(**{f"{kelurahan}__in": home}) if home else rows
    return mine + list(others.order_by(f"{kelurahan}__code").values_list(*columns)[: limit - len(mine)])


def _of_pair(match: re.Match[str]) -> tuple[Numbers, ...]:
    kind, first, second = match[1].lower(), match[2].zfill(3), match[3].zfill(3)
    if not (int(first) and int(second)):
        return ()
    return (Numbers(first, second) if kind == "rt" else Numbers(second, first),)


def _of_bare(match: re.Match[str]) -> tuple[Numbers, ...]:
    first, second = match[1].zfill(3), match[2].zfill(3)
    if not (int(first) and int(second)):
        return ()
    return (Numbers(first, second),) if first == second else (Numbers(first, second), Numbers(second, first))


def _rest(text: str) -> str:
    return " ".join(re.sub(r"[/,]", " ", text).split())

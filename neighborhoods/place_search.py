"""Finds ``RT 3 / RW 005, Sekaran`` in what people type into a search box."""

from __future__ import annotations

import re
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

_NUMBER = re.compile(r"\b(RT|RW)[\s.]*0*(\d{1,3})\b", re.IGNORECASE)


def by_numbers(rows: QuerySet[M], words: str, *, rt: str, rw: str) -> tuple[QuerySet[M], str]:
    """*rows* of the RT and RW that *words* name, and the words that are left. *rt*, *rw*: the lookups of their numbers."""
    for kind, digits in _NUMBER.findall(words):
        rows = rows.filter(**{rt if kind.upper() == "RT" else rw: digits.zfill(3)})
    return rows, re.sub(r"[/,]", " ", _NUMBER.sub(" ", words)).strip()

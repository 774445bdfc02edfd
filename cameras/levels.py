"""Who may look at a camera: the levels, from nobody to everybody, and how they compare."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may look."""

    PUBLIK = "publik", _("Publik: siapa saja")
    WARGA_RT = "warga_rt", _("Warga RT ini saja")
    WARGA_RW = "warga_rw", _("Warga satu RW")
    KELURAHAN = "kelurahan", _("Warga satu kelurahan")
    PETUGAS = "petugas", _("Petugas dan pengurus wilayah saja")
    MATI = "mati", _("Ditutup: tidak seorang pun")


# From nobody to everybody.
_WIDTH = (
    Visibility.MATI,
    Visibility.PETUGAS,
    Visibility.WARGA_RT,
    Visibility.WARGA_RW,
    Visibility.KELURAHAN,
    Visibility.PUBLIK,
)


def at_most(level: str, widest: str) -> bool:
    """Whether *level* opens a camera to no more people than *widest* does; an empty *widest* is no limit."""
    return not widest or _WIDTH.index(Visibility(level)) <= _WIDTH.index(Visibility(widest))


def narrowest(*levels: str) -> Visibility:
    """Of some levels the one with which the fewest look; empty ones are none."""
    return min((Visibility(level) for level in levels if level), key=_WIDTH.index)


# No resident looks.
CLOSED = frozenset({Visibility.MATI, Visibility.PETUGAS})
# These mean nothing for a camera that belongs to no RT.
NEEDS_RT = frozenset({Visibility.WARGA_RT, Visibility.WARGA_RW})

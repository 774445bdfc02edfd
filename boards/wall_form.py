"""The form of a wall: its name, its size, its tour, with whom it is shared, and the cameras to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cameras import access, searching
from cameras.models import Camera
from neighborhoods.models import RT
from neighborhoods.place_search import by_numbers
from neighborhoods.residency import standing_of

from . import favourites
from .wall_records import LEAST_SIDE, MOST_SIDE, Wall

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_SHOWN = 60
_SECONDS = (0, 10, 15, 30, 60, 120, 300)


class WallForm(forms.Form):
    """After ``is_valid``: *shared_with* too. The cameras are read beside it (``walls.chosen``)."""

    nama = forms.CharField(label=gettext_lazy("Nama dinding"), max_length=60)
    sisi = forms.TypedChoiceField(
        label=gettext_lazy("Kamera sebaris di layar lebar"),
        coerce=int,
        choices=[(side, f"{side} × {side}") for side in range(LEAST_SIDE, MOST_SIDE + 1)],
    )
    detik = forms.TypedChoiceField(label=gettext_lazy("Ganti halaman sendiri"), coerce=int)
    bagikan = forms.TypedChoiceField(
        label=gettext_lazy("Bagikan"), coerce=int, empty_value=None, required=False, choices=()
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("detik", 0)
        self.fields["detik"].choices = [(n, _seconds(n)) for n in sorted({*_SECONDS, now})]  # type: ignore[attr-defined]
        self._headed = {rt.pk: rt for rt in RT.objects.filter(pk__in=standing_of(user).headed_rts).select_related("rw")}
        if self._headed:
            choices = [
                ("", _("Hanya saya")),
                *((pk, _("Warga %(rt)s") % {"rt": rt}) for pk, rt in self._headed.items()),
            ]
            self.fields["bagikan"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["bagikan"]

    def clean_nama(self) -> str:
        return " ".join(self.cleaned_data["nama"].split())

    @property
    def shared_with(self) -> RT | None:
        return self._headed.get(self.cleaned_data.get("bagikan") or 0)


@dataclass(frozen=True)
class Group:
    """Cameras to choose from, under one heading."""

    title: str
    cameras: list[Camera]


def initial_of(wall: Wall) -> dict[str, Any]:
    return {"nama": wall.name, "sisi": wall.side, "detik": wall.seconds, "bagikan": wall.shared_with_id or ""}


def groups(user: User, words: str, taken: set[int]) -> list[Group]:
    """What may be chosen besides what is *taken* (primary keys): what was searched for, then the own RTs, then the favourites."""
    rest = access.listed(user).exclude(pk__in=taken)
    stars = rest.in_bulk(favourites.of(user))
    found = [
        Group(_("Hasil pencarian"), search(user, words, taken)) if words else None,
        Group(_("RT saya"), list(rest.filter(rt__in=standing_of(user).rts).order_by("rt__number", "name")[:_SHOWN])),
        Group(_("Favorit saya"), list(stars.values())),
    ]
    return [one for one in found if one is not None and (one.cameras or one.title == _("Hasil pencarian"))]


def search(user: User, words: str, taken: set[int]) -> list[Camera]:
    """Cameras whose name, kelurahan and numbers (``RT 3 RW 5``) meet all words; then those that are like them."""
    rows, rest = by_numbers(
        access.listed(user).exclude(pk__in=taken), words[:100], rt="rt__number", rw="rt__rw__number"
    )
    for word in rest.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(kelurahan__name__icontains=word))
    met = {camera.pk: camera for camera in rows.order_by("kelurahan__name", "name", "pk")[:_SHOWN]}
    like = [one["id"] for one in searching.search(user, words, limit=searching.MOST) if one["kind"] == "camera"]
    others = {
        camera.public_id: camera for camera in access.listed(user).exclude(pk__in=taken).filter(public_id__in=like)
    }
    return [*met.values(), *(others[one] for one in like if one in others and others[one].pk not in met)][:_SHOWN]


def _seconds(n: int) -> str:
    return _("setiap %(n)s detik") % {"n": n} if n else _("tidak, saya ganti sendiri")

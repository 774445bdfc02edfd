"""The pages of walls: which there are, one to look at, and the form that makes and changes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from cameras import access
from cameras.events import status_of
from cameras.models import Camera, Visibility
from neighborhoods.doors import person, posted

from . import ready_walls, walls
from .wall_form import WallForm, groups, initial_of
from .wall_records import Wall

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What the wall's script needs, so that a slow phone fetches all at once and not one after the other.
_MODULES = tuple(
    f"js/{name}.js"
    for name in (
        "api", "awake", "cards", "live", "player", "size", "socket", "stills", "time", "wall-budget", "wall-tile",
        "wall-tour", "wall-words", "watch-state", "watch-words", "words",
    )
)  # fmt: skip


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def all_walls(request: HttpRequest) -> HttpResponse:
    me = person(request)
    page = {
        "own": list(walls.of(me).select_related("shared_with__rw")),
        "shared": list(walls.shared_with(me).select_related("shared_with__rw")),
        "ready": list(ready_walls.ready_for(me)),
    }
    return render(request, "boards/walls.html", page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def one(request: HttpRequest, wall: int) -> HttpResponse:
    here = walls.opened_by(person(request)).filter(pk=wall).first()
    if here is None:
        raise Http404("wall")
    page = {"title": here.name, "side": here.side, "seconds": here.seconds, "wall": here}
    return _show(request, walls.tiles_of(here, request.user), page)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def ready(request: HttpRequest, key: str) -> HttpResponse:
    """A wall that nobody made; it can be kept as one's own."""
    found = ready_walls.ready(request.user, key)
    if found is None:
        raise Http404("wall")
    here, cameras = found
    return _show(request, cameras, {"title": here.title, "side": 4, "seconds": 0, "ready": here})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def new(request: HttpRequest) -> HttpResponse:
    """The empty form; or with what was chosen so far: a search sends all that stands in it, and saves nothing."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def change(request: HttpRequest, wall: int) -> HttpResponse:
    return _form(request, _own(request, wall))


@posted
def erase(request: HttpRequest, wall: int) -> HttpResponse:
    here = _own(request, wall)
    walls.erase(here)
    messages.success(request, _("Dinding “%(name)s” dihapus. Kameranya tidak berubah.") % {"name": here.name})
    return redirect("dinding")


def _own(request: HttpRequest, pk: int) -> Wall:
    found = walls.of(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("wall")
    return found


def _show(request: HttpRequest, tiles: list[Camera] | list[Camera | None], page: dict[str, Any]) -> HttpResponse:
    cameras = [camera for camera in tiles if camera is not None]
    page |= {
        "tiles": tiles,
        "open": access.open_among(request.user, cameras),
        "health": {camera.public_id: status_of(camera, camera.health) for camera in cameras},
        "public": Visibility.PUBLIK,
        "modules": _MODULES,
    }
    return render(request, "boards/wall.html", page)


def _form(request: HttpRequest, wall: Wall | None) -> HttpResponse:
    me, sent = person(request), request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and "cari" not in sent:
        form = WallForm(me, sent, initial=initial_of(wall) if wall else {})
        kept = _keep(request, form, wall)
        if kept is not None:
            messages.success(request, _("Dinding tersimpan."))
            return redirect(kept)
    elif sent:
        form = WallForm(me, initial={**sent.dict(), **_size(sent)})
    else:
        form = WallForm(me, initial=initial_of(wall) if wall else {"sisi": 3, "detik": 0})
    words = sent.get("q", "").strip()[:100]
    cameras, hidden = _chosen(sent, wall, me)
    page = {
        "form": form,
        "wall": wall,
        # As it was when the page was first opened.
        "version": sent.get("versi") or (wall.version if wall else ""),
        "chosen": cameras,
        "hidden": hidden,
        "words": words,
        "groups": groups(me, words, {camera.pk for camera in cameras}),
        "most": walls.MOST_TILES,
    }
    return render(request, "boards/wall_form.html", page)


def _size(sent: QueryDict) -> dict[str, int]:
    """The numbers as they were sent, which may be anything."""
    found = {name: sent.get(name, "") for name in ("sisi", "detik")}
    return {
        name: int(text) if text.isascii() and text.isdigit() and len(text) < 4 else {"sisi": 3, "detik": 0}[name]
        for name, text in found.items()
    }


def _chosen(sent: QueryDict, wall: Wall | None, me: User) -> tuple[list[Camera], int]:
    """The cameras that stand in the form, and how many more are on the wall of which this person may not know now."""
    hung = walls.tiles_of(wall, me) if wall else []
    hidden = sum(tile is None for tile in hung)
    if not sent:
        return [tile for tile in hung if tile is not None], hidden
    start = ready_walls.ready(me, sent.get("dari", ""))
    return walls.chosen(me, sent.getlist("kamera")[: walls.MOST_TILES]) or (start[1] if start else []), hidden


def _keep(request: HttpRequest, form: WallForm, wall: Wall | None) -> Wall | None:
    if not form.is_valid():
        return None
    me, said = person(request), form.cleaned_data
    version = request.POST.get("versi", "")
    try:
        cameras = walls.chosen(me, request.POST.getlist("kamera"))
        wish = walls.Wish(said["nama"], cameras, said["sisi"], said["detik"], form.shared_with)
        if wall is None:
            return walls.make(me, wish)
        if not (version.isascii() and version.isdigit() and len(version) < 9):
            raise walls.Changed
        return walls.change(wall, wish, version=int(version), drop_hidden="buang" in request.POST)
    except walls.CannotKeep as why:
        messages.error(request, str(why))
        return None

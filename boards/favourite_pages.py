"""The star for browsers without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cameras import access
from cameras.models import Camera
from neighborhoods.doors import outcome, person, posted

from . import favourites
from .way_back import way_back


@posted
def star(request: HttpRequest, public_id: str) -> HttpResponse:
    """``bintang=1`` puts it on; anything else takes it off."""
    camera = access.listed(request.user).filter(public_id=public_id).first()
    if camera is None:
        raise Http404("camera")
    if request.POST.get("bintang") == "1":
        _put_on(request, camera)
    else:
        favourites.unstar(person(request), camera)
        messages.success(request, _("%(name)s tidak lagi di favorit Anda.") % {"name": camera.shown_name})
    return way_back(request)


def _put_on(request: HttpRequest, camera: Camera) -> None:
    with outcome(request, favourites.CannotStar, done=_("%(name)s ada di favorit Anda.") % {"name": camera.shown_name}):
        favourites.star(person(request), camera)

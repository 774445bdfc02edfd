"""What the pages of those who manage cameras share: whom they let in, and what they show of timetables and histories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from neighborhoods.doors import outcome, person
from neighborhoods.managing import managed_rts
from neighborhoods.models import RT
from neighborhoods.residency import standing_of

from . import access, timetables
from .models import Camera, Visibility, VisibilityChange
from .timetable_form import DAYS, TimetableForm, day_words
from .timetable_records import Timetable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

NEWEST = 100


def managed_camera(request: HttpRequest, public_id: str) -> Camera:
    """Raises: Http404, also for those who may know of the camera and not manage it."""
    camera = access.manageable(request.user).filter(public_id=public_id).first()
    if camera is None:
        raise Http404("camera")
    return camera


def manages_rt(user: User | AnonymousUser, pk: int) -> bool:
    """No query for those who manage nothing."""
    standing = standing_of(user)
    if not (standing.officer or standing.headed_rts or standing.led_rws or standing.led_kelurahan):
        return False
    return managed_rts(standing).filter(pk=pk).exists()


def add_timetable(request: HttpRequest, of: RT | Camera) -> None:
    """Makes the timetable that was posted, and says so, or what is wrong."""
    form = TimetableForm({**request.POST.dict(), "days": request.POST.getlist("days")})
    if not form.is_valid():
        messages.error(request, _("Jadwal belum tersimpan: pilih siapa boleh melihat, dan tulis jam seperti 22:00."))
        return
    wish = {**form.cleaned_data, "level": Visibility(form.cleaned_data["level"])}
    with outcome(request, timetables.CannotMake, done=_("Jadwal tersimpan.")):
        timetables.make(of=of, by=person(request), **wish)


def timetable_page(rows: Iterable[Timetable], levels: Iterable[Visibility], address: str) -> dict[str, Any]:
    """What parts/timetables.html shows; the form posts to *address*."""
    return {
        "rows": [{"row": row, "days": day_words(row.days)} for row in rows],
        "levels": list(levels),
        "days": DAYS,
        "address": address,
    }


def history(changes: Any) -> list[VisibilityChange]:
    """The newest of a query of changes, with the people and the cameras."""
    return list(changes.select_related("by", "camera")[:NEWEST])

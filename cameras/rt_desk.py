"""The page from which an RT's cameras are managed together: all in one go, by timetable, and what was switched so far."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from neighborhoods.doors import managed_rt, person, posted

from . import access, timetables, visibility
from .desk import add_timetable, history, timetable_page
from .forms import VisibilityForm
from .models import Visibility, VisibilityChange


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def rt_desk(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    page = {
        "rt": here,
        "cameras": list(access.manageable(request.user).filter(rt=here).order_by("name")),
        "levels": list(Visibility),
        "timetables": timetable_page(
            timetables.running_of([here]), Visibility, reverse("kelola-rt-jadwal", args=[here.pk])
        ),
        "changes": history(VisibilityChange.objects.filter(camera__rt=here)),
    }
    return render(request, "cameras/rt_desk.html", page)


@posted
def switch_all(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    form = VisibilityForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Belum tersimpan: pilih salah satu, dan tulis alasan paling panjang 200 huruf."))
        return redirect("kelola-rt", rt=here.pk)
    cameras = access.manageable(request.user).filter(rt=here).order_by("pk")
    level = Visibility(form.cleaned_data["visibility"])
    try:
        done = visibility.switch_all(cameras, to=level, by=person(request), reason=form.cleaned_data["reason"])
    except visibility.CannotSwitch as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, words_of(done, level))
    return redirect("kelola-rt", rt=here.pk)


@posted
def make_timetable(request: HttpRequest, rt: int) -> HttpResponse:
    here = managed_rt(request, rt)
    add_timetable(request, here)
    return redirect("kelola-rt", rt=here.pk)


def words_of(done: visibility.Switched, level: Visibility) -> str:
    """What became of it, for people."""
    words = [
        ngettext(
            "%(count)s kamera diubah dan langsung berlaku: %(label)s.",
            "%(count)s kamera diubah dan langsung berlaku: %(label)s.",
            len(done.changed),
        )
        % {"count": len(done.changed), "label": level.label}
    ]
    if done.waiting:
        words.append(
            ngettext(
                "%(count)s kamera menyusul sesudah pandangannya dikonfirmasi.",
                "%(count)s kamera menyusul sesudah pandangannya dikonfirmasi.",
                len(done.waiting),
            )
            % {"count": len(done.waiting)}
        )
    if done.limited:
        words.append(
            ngettext(
                "%(count)s kamera milik warga hanya sejauh izin pemiliknya.",
                "%(count)s kamera milik warga hanya sejauh izin pemiliknya.",
                len(done.limited),
            )
            % {"count": len(done.limited)}
        )
    return " ".join(words)

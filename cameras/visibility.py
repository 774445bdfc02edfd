"""Switching who may look at a camera. It bites at once: the epoch changes with it, and with that every playback address dies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import events
from .epochs import raise_epoch
from .models import CLOSED, NEEDS_RT, Camera, Cause, Visibility, VisibilityChange, at_most, narrowest

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# How many changes of an owner in a row are looked at, to find how wide it was before they closed it themselves.
_OWN_CHANGES = 20
_MEANWHILE = gettext_lazy("Pengaturan kamera ini baru saja diubah orang lain. Muat ulang halaman, lalu coba lagi.")


class CannotSwitch(Exception):
    """The message says why, for people."""


@dataclass(frozen=True)
class Switched:
    """What became of many cameras. *waiting*: they take the level once their view is confirmed; *limited*: their owner agreed to
    less, and they went as far as that.
    """

    changed: list[Camera]
    waiting: list[Camera]
    limited: list[Camera]


def switch(
    camera: Camera,
    *,
    to: Visibility,
    by: User | None,
    reason: str = "",
    cause: Cause | None = None,
    now: datetime | None = None,
) -> bool:
    """Switches *camera* to the visibility *to*; False if it was so already. *cause*: what switches where nobody does (*by* None).

    Raises:
        CannotSwitch: the level has no meaning for this camera, its owner agreed to less, its view must be confirmed before, or
            somebody else switched it in the meantime.
    """
    if not at_most(to, camera.widest):
        limit = Visibility(camera.widest).label
        raise CannotSwitch(
            _("Pemilik kamera ini mengizinkan paling luas: %(limit)s. Pilih itu, atau yang lebih sempit.")
            % {"limit": limit}
        )
    if camera.need and to not in CLOSED:
        raise CannotSwitch(
            _("Pandangan kamera ini perlu dilihat dan dikonfirmasi dulu. Sesudah itu boleh dibuka lagi untuk warga.")
        )
    with transaction.atomic():
        old = camera.visibility
        changed = put(camera, to=to, by=by, reason=reason, cause=cause, now=now)
        if changed:
            transaction.on_commit(lambda: events.publish_access(camera, old))
    return changed


def switch_own(camera: Camera, *, to: Visibility, by: User, reason: str = "") -> bool:
    """The owner's switch: closes it further, or takes back what they closed themselves. Raises: CannotSwitch."""
    if not at_most(to, _widest_for_owner(camera, by)):
        raise CannotSwitch(
            _("Sebagai pemilik Anda boleh menutup kamera ini lebih jauh. Untuk membukanya, mintalah Ketua RT.")
        )
    return switch(camera, to=to, by=by, reason=reason)


def levels_of_owner(camera: Camera, owner: User) -> list[Visibility]:
    """Those that ``switch_own`` lets the owner choose."""
    widest = _widest_for_owner(camera, owner)
    return [level for level in Visibility if at_most(level, widest) and (camera.rt_id or level not in NEEDS_RT)]


def switch_all(cameras: Iterable[Camera], *, to: Visibility, by: User, reason: str = "") -> Switched:
    """Switches many cameras in one go: all, or none where one cannot be. One history row each, one word to browsers.

    A camera whose view must be confirmed stays closed, and takes the level with the confirmation.

    Raises: CannotSwitch.
    """
    done = Switched([], [], [])
    before: list[tuple[Camera, str]] = []
    with transaction.atomic():
        for camera in cameras:
            level = narrowest(to, camera.widest)
            if level != to:
                done.limited.append(camera)
            if camera.need and level not in CLOSED:
                _keep_for_later(camera, level)
                done.waiting.append(camera)
                continue
            old = camera.visibility
            if put(camera, to=level, by=by, reason=reason):
                done.changed.append(camera)
                before.append((camera, old))
        transaction.on_commit(lambda: events.publish_access_of(before))
    return done


def put(
    camera: Camera,
    *,
    to: Visibility,
    by: User | None,
    reason: str = "",
    cause: Cause | None = None,
    now: datetime | None = None,
) -> bool:
    """The change itself, inside the caller's transaction, who also has the word sent to browsers after it. Raises: CannotSwitch."""
    _refuse_without_rt(camera, to)
    old = camera.visibility
    if old == to:
        return False
    # Closed by hand while somebody must look: confirming the view does not open it.
    later = {"return_to": to} if camera.need and to == Visibility.MATI and by is not None else {}
    if not Camera.objects.filter(pk=camera.pk, visibility=old, need=camera.need).update(visibility=to, **later):
        raise CannotSwitch(_MEANWHILE)
    VisibilityChange.objects.create(
        camera=camera,
        old=old,
        new=to,
        by=by,
        cause=cause or (Cause.PERSON if by else Cause.SYSTEM),
        at=now or timezone.now(),
        reason=reason[:200],
    )
    camera.refresh_from_db(fields=["visibility", "return_to"])
    # First the stream, then the word to browsers: whoever asks anew upon the word must already meet the new rule.
    raise_epoch(camera)
    return True


def why_hidden(camera: Camera) -> str:
    """For somebody who may know of the camera and not look: why not, in one or two sentences without names."""
    if camera.need:
        return _(
            "Kamera ini disembunyikan sementara, sampai pandangannya dilihat dan dikonfirmasi Ketua RT atau petugas."
        )
    last = camera.visibility_changes.first()
    if last is None or not last.reason or last.new != camera.visibility:
        return _("Kamera ini sedang disembunyikan.")
    if last.cause == Cause.TIMETABLE:
        return _("Kamera ini sedang disembunyikan menurut %(reason)s.") % {"reason": last.why}
    return _("Kamera ini sedang disembunyikan. Alasan: %(reason)s") % {"reason": last.why}


def _keep_for_later(camera: Camera, level: Visibility) -> None:
    _refuse_without_rt(camera, level)
    if not Camera.objects.filter(pk=camera.pk, need=camera.need).update(return_to=level):
        raise CannotSwitch(_MEANWHILE)


def _refuse_without_rt(camera: Camera, level: Visibility) -> None:
    if level in NEEDS_RT and camera.rt_id is None:
        raise CannotSwitch(_("Pilihan ini hanya untuk kamera milik RT."))


def _widest_for_owner(camera: Camera, owner: User) -> str:
    """The level that it had before the owner's own last changes in a row, or today's."""
    level = camera.visibility
    for change in camera.visibility_changes.all()[:_OWN_CHANGES]:
        if change.by_id != owner.pk:
            break
        level = change.old if at_most(level, change.old) else level
    return level

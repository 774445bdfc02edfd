"""Builds the demo city and keeps it in order, without ever touching what is not its own.

The demo's own are: cameras whose page code begins with ``contoh``, and accounts whose mail address ends in
``contoh.invalid``.

1. Is anything here that is not the demo's? With none of the demo's beside it: a real installation, hands off. With
some of the demo's:
   somebody tries things out; then only the addresses of the demo's cameras are kept in order, nothing is made anew.
2. Boundaries, where there are none at all (demo.shapes).
3. Accounts (demo.cast). The password of one that is there is left alone.
4. Cameras (demo.plan), their places and their sources at the simulator.
5. The night watch of the home RT (demo.watches), where there is none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cameras import sources
from cameras.addresses import Address, Credentials, parse
from cameras.models import Camera, Visibility, VisibilityChange
from neighborhoods.appointing import appoint, holder_of
from neighborhoods.boundaries import store_demo
from neighborhoods.models import RT, RW, BoundarySource, Kelurahan, Office, Residency, get_or_create_rt

from . import neighbourly
from .cast import CAST, HOME_KELURAHAN, HOME_RT, HOME_RW, MAIL_DOMAIN, Person
from .password import demo_password
from .plan import Flaw, Planned, plan
from .watches import build_watches

# Metres: how far an RT lies from its kelurahan's label, and a camera from the middle of its RT.
_RT_AWAY, _CAMERA_AWAY = 180.0, 60.0
_METRES_PER_DEGREE = 111_320.0
# Degrees, 330 m. Where official boundaries took the place of the invented ones, a demo camera further away than this
# from its kelurahan's label still stands where the invention had it, and is put in its place.
_ASTRAY = 0.003
# A port on which nobody listens (discard).
_DEAD_PORT = 9


@dataclass(frozen=True)
class Simulator:
    """Where the simulated cameras are: ``rtsp://host:port`` without a slash at its end, and what opens them."""

    url: str
    credentials: Credentials


@dataclass(frozen=True)
class Report:
    """*foreign*: there are other cameras or accounts; *untouched*: and therefore nothing was done."""

    cameras: int
    foreign: bool = False
    untouched: bool = False


def build(simulator: Simulator, *, cameras: int, force: bool = False) -> Report:
    """Makes or mends the demo city, all or nothing. Needs the regions in the database.

    Raises:
        WrongAddress: the simulator's address is none.
    """
    foreign = _others_are_here() and not force
    wanted = plan(cameras)
    present = {
        row.public_id: row for row in Camera.objects.filter(public_id__startswith="contoh").select_related("kelurahan")
    }
    if foreign and not present:
        return Report(0, foreign=True, untouched=True)
    with transaction.atomic():
        if not foreign:
            _boundaries()
            _accounts()
            kelurahan = {row.code: row for row in Kelurahan.objects.filter(code__in={one.kelurahan for one in wanted})}
            _cameras([one for one in wanted if one.public_id not in present], kelurahan)
            build_watches()
        _put_in_place(list(present.values()), wanted)
        _sources(wanted, simulator)
        if not foreign:
            neighbourly.make(timezone.now())
    return Report(len(wanted), foreign=foreign)


def accounts_line() -> str:
    """The accounts that are there, for the terminal: ``akun contoh: warga · …, kata sandi …``; empty without any."""
    present = set(
        User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}", is_active=True).values_list("username", flat=True)
    )
    listed = [one.username for one in CAST if one.username in present]
    return f"akun contoh: {' · '.join(listed)}, kata sandi {demo_password()}" if listed else ""


def simulator_names(cameras: int) -> str:
    """A line for each camera that the simulator is to know: the name of its path, a tab, the name in its picture."""
    return "".join(f"{one.slug}\t{one.name}\n" for one in plan(cameras) if one.flaw is Flaw.NONE or _is_there(one))


def _is_there(one: Planned) -> bool:
    return one.flaw is Flaw.WRONG_PASSWORD


def _others_are_here() -> bool:
    return (
        Camera.objects.exclude(public_id__startswith="contoh").exists()
        or User.objects.exclude(email__endswith=f"@{MAIL_DOMAIN}").exists()
    )


def _boundaries() -> None:
    bare = Kelurahan.objects.filter(valid_to__isnull=True)
    if not bare.filter(boundary__isnull=True).exists() or bare.filter(boundary_source=BoundarySource.OFFICIAL).exists():
        return
    from .shapes import invent  # takes a tenth of a second to load, and is needed once

    store_demo(invent(list(bare.values_list("code", flat=True))))


def _accounts() -> None:
    present = set(User.objects.values_list("username", flat=True))
    for person in CAST:
        if person.username not in present:
            _account(person)


def _account(person: Person) -> None:
    user = User.objects.create_user(
        person.username,
        person.email,
        demo_password(),
        first_name=person.first_name,
        last_name=person.last_name,
        is_staff=person.superuser,
        is_superuser=person.superuser,
    )
    if person.rt:
        rt = get_or_create_rt(Kelurahan.objects.get(code=HOME_KELURAHAN), HOME_RW, person.rt)
        role = Residency.Role.PENJAGA if person.guard else Residency.Role.WARGA
        Residency.objects.create(
            user=user, rt=rt, role=Residency.Role.KETUA if person.head else role, state=Residency.State.ACTIVE
        )
    if person.officer:
        Office.objects.create(user=user)
    if person.leads:
        _office(user, person.leads)


def _office(user: User, place: str) -> None:
    """Leads the home RW or the home kelurahan, unless somebody does."""
    home = get_or_create_rt(Kelurahan.objects.get(code=HOME_KELURAHAN), HOME_RW, HOME_RT).rw
    here: RW | Kelurahan = home if place == "rw" else home.kelurahan
    if holder_of(here) is None:
        appoint(here, whom=user, by=None)


def _cameras(wanted: Sequence[Planned], kelurahan: Mapping[str, Kelurahan]) -> None:
    rts: dict[tuple[str, str, str], RT | None] = {}
    for one in wanted:
        here = kelurahan[one.kelurahan]
        key = (one.kelurahan, one.rw, one.rt)
        if key not in rts:
            rts[key] = get_or_create_rt(here, one.rw, one.rt) if one.rt else None
        latitude, longitude = _place(one, here)
        camera = Camera(
            public_id=one.public_id,
            name=one.name,
            category=one.category,
            kelurahan=here,
            rt=rts[key],
            latitude=latitude,
            longitude=longitude,
            visibility=one.visibility,
        )
        camera.clean()
        camera.save()
        if one.visibility == Visibility.MATI:
            _tell_why(camera)


def _tell_why(camera: Camera) -> None:
    head = User.objects.filter(username="ketua", email__endswith=f"@{MAIL_DOMAIN}").first()
    VisibilityChange.objects.create(
        camera=camera,
        old=Visibility.WARGA_RT,
        new=Visibility.MATI,
        by=head,
        at=timezone.now(),
        reason="Kamera sedang dipindah, menunggu dipasang kembali",
    )


def _put_in_place(present: Sequence[Camera], wanted: Sequence[Planned]) -> None:
    planned = {one.public_id: one for one in wanted}
    for camera in present:
        here, one = camera.kelurahan, planned.get(camera.public_id)
        if one is None or here.latitude is None or here.longitude is None:
            continue
        if here.boundary_source != BoundarySource.OFFICIAL:
            continue
        if max(abs(camera.latitude - here.latitude), abs(camera.longitude - here.longitude)) > _ASTRAY:
            camera.latitude, camera.longitude = _place(one, here)
            camera.save(update_fields=["latitude", "longitude"])


def _place(one: Planned, here: Kelurahan) -> tuple[float, float]:
    """Some steps from the kelurahan's label; cameras of one RT stand near each other."""
    latitude, longitude = here.latitude or 0.0, here.longitude or 0.0
    if one.rt:
        latitude, longitude = _step(latitude, longitude, _RT_AWAY, int(one.rw) * 5 + int(one.rt))
    return _step(latitude, longitude, _CAMERA_AWAY, one.number)


def _step(latitude: float, longitude: float, metres: float, turn: int) -> tuple[float, float]:
    angle, degrees = turn * 2.4, metres / _METRES_PER_DEGREE
    return round(latitude + degrees * math.sin(angle), 6), round(longitude + degrees * math.cos(angle), 6)


def _sources(wanted: Sequence[Planned], simulator: Simulator) -> None:
    planned = {one.public_id: one for one in wanted}
    cameras = list(Camera.objects.filter(public_id__in=planned))
    kept = sources.open_sources([camera.pk for camera in cameras])  # without those that a lost key has closed for good
    for camera in cameras:
        address, credentials = _source(planned[camera.public_id], simulator)
        if kept.get(camera.pk) != sources.Source(address, credentials):
            sources.set_source(camera, address=address, credentials=credentials, same_view=True)


def _source(one: Planned, simulator: Simulator) -> tuple[Address, Credentials]:
    address, _ = parse(f"{simulator.url}/{one.slug}")
    if one.flaw is Flaw.NOBODY_LISTENS:
        address = Address(address.scheme, address.host, _DEAD_PORT, address.target)
    if one.flaw is Flaw.WRONG_PASSWORD:
        return address, Credentials(simulator.credentials.username, "sandi-lama")
    return address, simulator.credentials

"""One camera in one RT with everything around it that an address of the portal can name, and the whole cast."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time as at_time
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation
from accounts.tokens import token_of
from alerts.models import Alarm, Mute
from alerts.models import Kind as AlarmKind
from cameras.models import Camera, Visibility
from cameras.timetable_records import Timetable
from cameras.view_records import PrivacyReport
from incidents.models import Category, Incident, Picture
from machines.models import MachineToken
from neighborhoods.models import RT, Kelurahan, Residency, get_or_create_rt
from offering.models import Channel, Kind, Offer, State
from ronda import planning, rounds
from ronda.models import Swap
from streaming import nodes, stills, tasks
from streaming.nodes import Node
from tests.boards.wall_scene import make_wall
from tests.conftest import _belongs, make_camera

# So that it is found in an answer when it is named there, and nowhere else.
NAME = "Simpang Kenanga Merah, arah balai"
OFFERED = "Depan toko Melati Putih"
REPORTED = "Air setinggi lutut di gang Menur"


@dataclass(frozen=True)
class Scene:
    camera: Camera
    rt: RT
    records: dict[str, Model]
    token: str


@pytest.fixture
def other_rw(kelurahan: Kelurahan) -> User:
    """Lives in another RW of the same kelurahan."""
    return _belongs("rwlain", get_or_create_rt(kelurahan, "009", "001"))


@pytest.fixture
def scene(rt: RT, head: User, owner: User, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(tasks.run_stream, "apply_async", lambda **options: None)
    monkeypatch.setattr(tasks.grab_stills, "apply_async", lambda **options: None)
    nodes.beat(Node("one", running=0, slots=100), wall=time.time() + 3600)  # it lives as long as the test
    camera = make_camera(rt, Visibility.PUBLIK, NAME, owner=owner)
    now = timezone.now()
    _belongs("lama", rt)
    invitation = invitations.invite(rt, role=Invitation.Role.WARGA, by=head, days=3, uses=5)
    place = {"kelurahan": rt.rw.kelurahan, "rt": rt, "latitude": -7.05, "longitude": 110.39}
    offer = Offer.objects.create(
        owner=owner, kind=Kind.TOKO, name=OFFERED, contact="0812", wish="warga_rt", consent_version="1",
        state=State.OFFERED, **place,
    )  # fmt: skip
    Channel.objects.create(offer=offer, number=1, still=b"\xff\xd8")
    incident = Incident.objects.create(
        rt=rt, camera=camera, reporter=owner, category=Category.BANJIR, words=REPORTED, place=NAME
    )
    Picture.objects.create(incident=incident, data=b"\xff\xd8", taken_at=now)
    records: dict[str, Model] = {
        "invitation": invitation,
        "waiting": Residency.objects.create(user=User.objects.create_user("pendatang"), rt=rt),
        "residency": Residency.objects.get(user=User.objects.get(username="lama")),
        "timetable": Timetable.objects.create(
            camera=camera, level=Visibility.MATI, begins=at_time(22), ends=at_time(5), made_by=head
        ),
        "report": PrivacyReport.objects.create(camera=camera, reporter="x", reason="tampak halaman", at=now),
        "offer": offer,
        "wall": make_wall(owner, camera),
        "alarm": Alarm.objects.create(rt=rt, caller=head, kind=AlarmKind.MALING),
        "mute": Mute.objects.create(rt=rt, person=head, by=head, until=now, reason="bercanda"),
        "incident": incident,
        **_watch(rt, head),
        "token": MachineToken.objects.create(name="papan", owner=head, digest="0" * 64, expires_at=now),
    }
    return Scene(camera, rt, records, token_of(invitation))


def _watch(rt: RT, head: User) -> dict[str, Model]:
    """A round, a duty and a swap of somebody whom the matrix does not ask."""
    watcher, night = User.objects.get(username="lama"), timezone.localdate() + timedelta(days=3)
    return {
        "ronda": rounds.start(rt, watcher),
        "duty": planning.put_weekly(rt, watcher, 1, by=head),
        "swap": Swap.objects.create(rt=rt, night=night, asker=watcher),
    }


@pytest.fixture
def with_still(scene: Scene) -> Callable[[], None]:
    def keep() -> None:
        files = {f"{size}.{kind}": b"picture" for size in ("small", "large") for kind in ("webp", "jpeg")}
        stills.keep(scene.camera.pk, scene.camera.access_epoch, at=timezone.now().timestamp(), files=files)

    return keep


Person = User | AnonymousUser

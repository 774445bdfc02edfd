"""What the demo's home RT has been through: some reports and alarms, so that their pages live. Made once, and never again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from alerts.models import Alarm, AlarmStep, Ending, Kind, What
from alerts.models import State as AlarmState
from cameras.models import Camera
from incidents.models import Category, Incident, IncidentStep, State
from neighborhoods.models import RT

from .cast import HOME_KELURAHAN, HOME_RT, HOME_RW, MAIL_DOMAIN

# (hours ago, who, category, camera's page code or place, words, what became of it)
_REPORTS = (
    (3, "warga", Category.JALAN, "contoh0002", "Lampu di gapura mati sejak kemarin, gang jadi gelap.", ()),
    (
        26, "penjaga", Category.KEAMANAN, "contoh0001", "Motor tak dikenal mondar-mandir di depan pos sejak jam sebelas.",
        ((25, State.HANDLED, ""), (24, State.CLOSED, "Sudah ditanya: tamu Pak Budi, mencari alamat.")),
    ),
    (
        70, "warga", Category.SAMPAH, "Samping lapangan voli", "Sampah menumpuk, mulai berbau.",
        ((60, State.HANDLED, ""),),
    ),
    (
        190, "warga", Category.BANJIR, "contoh0006", "Air selokan naik sampai ke jalan di dekat jembatan.",
        ((188, State.HANDLED, ""), (170, State.CLOSED, "Selokan dibersihkan bersama, air sudah surut.")),
    ),
)  # fmt: skip
# (hours ago, who, kind, note, who came, how it ended)
_ALARMS = (
    (26, "penjaga", Kind.MALING, "ada yang mencoba membuka pagar nomor 12", ("ketua", "warga"), Ending.SAFE),
    (400, "warga", Kind.MEDIS, "Bu Tini jatuh di depan warung", ("penjaga",), Ending.SAFE),
)


def make(now: datetime) -> None:
    """Nothing where the home RT has a report or an alarm already, or one of the people is not there."""
    rt = RT.objects.filter(
        number=HOME_RT, rw__number=HOME_RW, rw__kelurahan__code=HOME_KELURAHAN, valid_to__isnull=True
    ).first()
    people = {one.username: one for one in User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}")}
    if rt is None or not {"warga", "ketua", "penjaga"} <= people.keys():
        return
    if Incident.objects.filter(rt=rt).exists() or Alarm.objects.filter(rt=rt).exists():
        return
    for hours, who, category, place, words, steps in _REPORTS:
        dated = [(now - timedelta(hours=ago), new, reason) for ago, new, reason in steps]
        _report(rt, people, now - timedelta(hours=hours), who, category, place, words, dated)
    for hours, who, kind, note, coming, ending in _ALARMS:
        _alarm(rt, people, now - timedelta(hours=hours), who, kind, note, coming, ending)


def _report(
    rt: RT,
    people: dict[str, User],
    at: datetime,
    who: str,
    category: Category,
    place: str,
    words: str,
    steps: list[tuple[datetime, State, str]],
) -> None:
    camera = Camera.objects.filter(public_id=place).select_related("kelurahan", "rt__rw").first()
    made = Incident.objects.create(
        rt=rt,
        camera=camera,
        reporter=people[who],
        category=category,
        words=words,
        place=camera.shown_name if camera else place,
        at=at,
        state=steps[-1][1] if steps else State.OPEN,
        since=steps[-1][0] if steps else at,
    )
    IncidentStep.objects.create(incident=made, old="", new=State.OPEN, by=people[who], at=at)
    old = State.OPEN
    for when, new, reason in steps:
        IncidentStep.objects.create(incident=made, old=old, new=new, by=people["ketua"], at=when, reason=reason)
        old = new


def _alarm(
    rt: RT,
    people: dict[str, User],
    at: datetime,
    who: str,
    kind: Kind,
    note: str,
    coming: tuple[str, ...],
    ending: Ending,
) -> None:
    made = Alarm.objects.create(
        rt=rt, caller=people[who], kind=kind, note=note, at=at, state=AlarmState.ENDED, ending=ending
    )
    AlarmStep.objects.create(alarm=made, what=What.RANG, by=people[who], at=at, words=note)
    for minutes, name in enumerate(coming, start=2):
        AlarmStep.objects.create(alarm=made, what=What.COMING, by=people[name], at=at + timedelta(minutes=minutes))
    AlarmStep.objects.create(alarm=made, what=What.ENDED, by=people["ketua"], at=at + timedelta(minutes=20))

"""For every route of the portal: to whom its door opens. A route that has no row here fails the matrix.

A row says what a person must be to the camera, or to its RT, for the door to open; what they find behind it (a form that is wrong, a
camera that nobody streams) is no business of the matrix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class May:
    """What one person may, at one visibility: of the camera (watch, know, manage), of its RT (keep), of the offer as it stands
    (decide), and whether they are logged in, lead the RW or the kelurahan, hold the city's office, own camera and offer (and made the
    report), or belong to the RT."""

    watch: bool
    know: bool
    manage: bool
    keep: bool
    decide: bool
    member: bool
    leads: bool
    leads_kelurahan: bool
    officer: bool
    owner: bool
    belong: bool = False


Need = Callable[[May], bool]


def anyone(may: May) -> bool:
    return True


def member(may: May) -> bool:
    return may.member


def watch(may: May) -> bool:
    return may.watch


def know(may: May) -> bool:
    return may.know


def manage(may: May) -> bool:
    return may.manage


def keep(may: May) -> bool:
    return may.keep


def nobody(may: May) -> bool:
    return False


def manages_or_owns(may: May) -> bool:
    return may.manage or may.owner


def keeps_or_leads(may: May) -> bool:
    return may.keep or may.leads


def leads(may: May) -> bool:
    return may.leads


def leads_kelurahan(may: May) -> bool:
    return may.leads_kelurahan


def officer(may: May) -> bool:
    return may.officer


def decides(may: May) -> bool:
    return may.decide


def owner(may: May) -> bool:
    return may.owner


def has_to_do_with_the_offer(may: May) -> bool:
    return may.owner or may.decide


def belong(may: May) -> bool:
    return may.belong


def belongs_or_keeps(may: May) -> bool:
    return may.belong or may.keep


def knows_the_incident(may: May) -> bool:
    return may.belong or may.keep or may.owner


def reads_the_incident(may: May) -> bool:
    return may.keep or may.owner


@dataclass(frozen=True)
class Row:
    """*of_camera*: the answer depends on the camera's visibility, so that it is asked at each. *sends*: fields without which the door
    would say "not found"; a value is the name of a record of the scene, whose key is sent, or itself after "="."""

    need: Need
    method: str = "GET"
    of_camera: bool = False
    sends: tuple[tuple[str, str], ...] = ()


def camera(need: Need, method: str = "GET") -> Row:
    return Row(need, method, of_camera=True)


_CAMERA = "kamera/<slug:public_id>/"
_API_CAMERA = "api/v1/cameras/<slug:public_id>/"
_RT = "rt-saya/warga/<int:rt>/"
_OFFER = "tawarkan-kamera/<slug:public_id>/"
_ROUND, _API_ROUND = "ronda/<slug:ronda>/", "api/v1/rounds/<slug:ronda>/"
_ROSTER = "rt-saya/ronda/<int:rt>/jadwal/"
_API_RT = "api/v1/rts/<str:code>/<str:rw>/<str:rt>/"
_INCIDENT = "laporan/<slug:public_id>/"
_API_INCIDENT = "api/v1/incidents/<slug:public_id>/"
_API_OFFER = "api/v1/offers/<slug:public_id>/"
_KECAMATAN, _KELURAHAN = r"(?P<code>\d{2}\.\d{2}\.\d{2})", r"(?P<code>\d{2}\.\d{2}\.\d{2}\.\d{4})"
_RW = rf"^wilayah/{_KELURAHAN}/rw-(?P<rw>\d{{3}})/"

ROWS: dict[str, Row] = {
    # The map and the pages of places are everybody's; which cameras they name is asked of every answer (see the test).
    "": camera(anyone),
    "wilayah/": camera(anyone),
    rf"^wilayah/{_KECAMATAN}/$": camera(anyone),
    rf"^wilayah/{_KELURAHAN}/$": camera(anyone),
    f"{_RW}$": camera(anyone),
    rf"{_RW}rt-(?P<rt>\d{{3}})/$": camera(anyone),
    "cari/": Row(anyone, of_camera=True, sends=(("q", "=kenanga merah"),)),
    "peta/dasar.pmtiles": Row(nobody),  # where no MAP_FILE is set
    "robots.txt": Row(anyone),
    "manifest.webmanifest": Row(anyone),
    "sw.js": Row(anyone),
    "luring/": Row(anyone),
    "gaya/": Row(anyone),
    "bahasa/": Row(anyone, "POST", sends=(("bahasa", "=en"), ("next", "=/"))),
    "healthz": Row(anyone),
    "readyz": Row(anyone),
    "rt-saya/": camera(member),
    "hemat-data/": Row(anyone, "POST"),
    # Walls: a person's own arrangement, which opens no camera.
    "dinding/": Row(member),
    "dinding/baru/": camera(member),
    "dinding/siap/<slug:key>/": camera(member),
    "dinding/<int:wall>/": camera(owner),
    "dinding/<int:wall>/atur/": camera(owner),
    "dinding/<int:wall>/hapus/": Row(owner, "POST"),
    "api/v1/walls/": camera(member),
    "api/v1/walls/<int:wall>/": camera(owner),
    # One camera.
    _CAMERA: camera(know),
    f"{_CAMERA}keterlihatan/": camera(manages_or_owns, "POST"),
    f"{_CAMERA}laporkan/": camera(know, "POST"),
    f"{_CAMERA}bintang/": camera(lambda may: may.member and may.know, "POST"),
    f"{_CAMERA}kelola/": camera(manage),
    f"{_CAMERA}konfirmasi/": camera(manage, "POST"),
    f"{_CAMERA}ragukan/": camera(manage, "POST"),
    f"{_CAMERA}jadwal/": camera(manage, "POST"),
    f"{_CAMERA}laporan/<int:report>/jawab/": camera(manage, "POST"),
    f"{_CAMERA}tontonan/": camera(manage),
    f"{_CAMERA}pratinjau.jpg": camera(anyone),  # the neutral picture where a stranger may not look
    "jadwal/<int:timetable>/akhiri/": camera(manage, "POST"),
    # An RT's cameras and people.
    "rt-saya/kamera/<int:rt>/": Row(keep),
    "rt-saya/kamera/<int:rt>/semua/": Row(keep, "POST"),
    "rt-saya/kamera/<int:rt>/jadwal/": Row(keep, "POST"),
    "rt-saya/warga/": Row(member),
    _RT: Row(keep),
    f"{_RT}putusan/": Row(keep, "POST", sends=(("warga", "waiting"), ("putusan", "=tolak"))),
    f"{_RT}kata-sandi/": Row(keep, "POST", sends=(("warga", "residency"),)),
    f"{_RT}ketua/": Row(keeps_or_leads, "POST"),
    f"{_RT}undangan/": Row(keep, "POST"),
    f"{_RT}undangan/<int:invitation>/": Row(keep),
    f"{_RT}undangan/<int:invitation>/kode.svg": Row(keep),
    f"{_RT}undangan/<int:invitation>/cabut/": Row(keep, "POST"),
    "gabung/<slug:token>/": Row(anyone),
    "akun/": Row(member),
    "akun/pengaman/kode.svg": Row(nobody),  # but for who is setting up a second factor, and sees their own
    "akun/keluar-rt/<int:residency>/": Row(nobody, "POST"),  # but for whose residency it is
    # Offices.
    "pengurus/": Row(leads),
    r"^pengurus/(?P<code>\d{2}\.\d{2}\.\d{2}(?:\.\d{4})?)/$": Row(leads_kelurahan),
    rf"^pengurus/{_KELURAHAN}/rw-(?P<rw>\d{{3}})/$": Row(leads),
    "petugas/token/": Row(officer),
    "petugas/token/<int:token>/cabut/": Row(officer, "POST"),
    # Cameras that citizens offer.
    "tawarkan-kamera/": Row(member),
    _OFFER: Row(owner),
    f"{_OFFER}coba/": Row(owner, "POST"),
    f"{_OFFER}kirim/": Row(owner, "POST"),
    f"{_OFFER}tarik/": Row(owner, "POST"),
    f"{_OFFER}gambar/<int:number>/": Row(has_to_do_with_the_offer),
    f"{_OFFER}keputusan/": Row(decides, "POST"),
    "tawaran-menunggu/": Row(member),
    # The night watch of an RT.
    "ronda/": Row(member),
    "ronda/<int:rt>/mulai/": Row(belong, "POST"),
    "ronda/<int:rt>/berhalangan/": Row(belong, "POST"),
    "ronda/<int:rt>/tukar/": Row(belong, "POST"),
    "ronda/tukar/<int:swap>/": Row(belong, "POST"),
    _ROUND: camera(keep),
    f"{_ROUND}tanda/": Row(nobody, "POST"),  # but for whose round it is
    f"{_ROUND}selesai/": Row(nobody, "POST"),
    _ROSTER: Row(keep),
    f"{_ROSTER}jam/": Row(keep, "POST"),
    f"{_ROSTER}regu/": Row(keep, "POST"),
    f"{_ROSTER}regu/<int:duty>/akhiri/": Row(keep, "POST"),
    f"{_ROSTER}malam/": Row(keep, "POST"),
    "rt-saya/ronda/<int:rt>/catatan/": camera(keep),
    "rt-saya/ronda/<int:rt>/catatan/ronda.csv": camera(keep),
    f"{_API_RT}watch/": Row(belong),
    f"{_API_RT}rounds/": Row(belong, "POST"),
    _API_ROUND: camera(keep),
    f"{_API_ROUND}marks/": Row(nobody, "POST"),
    f"{_API_ROUND}finish/": Row(nobody, "POST"),
    # The kentongan, and what residents report.
    "kentongan/": Row(member),
    "kentongan/<int:rt>/": Row(belongs_or_keeps),
    "kentongan/<int:rt>/jeda/": Row(keep, "POST"),
    "kentongan/<int:rt>/jeda/<int:mute>/cabut/": Row(keep, "POST"),
    "kentongan/bunyi/<int:alarm>/": Row(belongs_or_keeps),
    "kentongan/bunyi/<int:alarm>/datang/": Row(belongs_or_keeps, "POST"),
    "kentongan/bunyi/<int:alarm>/selesai/": Row(belongs_or_keeps, "POST"),
    "lapor/": Row(member),
    "lapor/gambar/<str:moment>/": Row(nobody),  # but for whom it is held
    "laporan/": Row(member),
    _INCIDENT: Row(knows_the_incident),
    f"{_INCIDENT}gambar/": Row(reads_the_incident),
    f"{_INCIDENT}langkah/": Row(reads_the_incident, "POST"),
    # The API.
    "api/v1/alarms/": Row(anyone),
    "api/v1/alarms/<int:alarm>/coming/": Row(belongs_or_keeps, "POST"),
    "api/v1/alarms/<int:alarm>/end/": Row(belongs_or_keeps, "POST"),
    "api/v1/push/": Row(anyone),
    "api/v1/push/forget/": Row(member, "POST"),
    "api/v1/incidents/": Row(anyone),
    _API_INCIDENT: Row(knows_the_incident),
    f"{_API_INCIDENT}step/": Row(reads_the_incident, "POST"),
    "api/v1/cameras/": camera(anyone),
    _API_CAMERA: camera(know),
    f"{_API_CAMERA}visibility/": camera(manages_or_owns, "POST"),
    f"{_API_CAMERA}visibility/history/": camera(manage),
    f"{_API_CAMERA}view/": camera(manage),
    f"{_API_CAMERA}view/confirm/": camera(manage, "POST"),
    f"{_API_CAMERA}reports/": camera(know, "POST"),
    f"{_API_CAMERA}reports/<int:report>/answer/": camera(manage, "POST"),
    "api/v1/favourites/": camera(member),
    "api/v1/favourites/<slug:public_id>/": camera(lambda may: may.member and may.know, "PUT"),
    f"{_API_CAMERA}watch/": camera(watch, "POST"),
    f"{_API_CAMERA}still/": camera(watch),
    f"{_API_CAMERA}viewings/": camera(manage),
    f"{_API_CAMERA}viewings/names/": camera(manage, "POST"),
    "api/v1/rts/<str:code>/<str:rw>/<str:rt>/visibility/": Row(keep, "POST"),
    "api/v1/timetables/": camera(anyone),
    "api/v1/timetables/<int:timetable>/": camera(manage, "DELETE"),
    "api/v1/regions/": Row(anyone),
    "api/v1/regions/<str:code>/": Row(anyone),
    "api/v1/status/": Row(anyone),
    "api/v1/map/": Row(anyone, of_camera=True, sends=(("zoom", "=17"), ("bbox", "=110.38,-7.06,110.4,-7.04"))),
    "api/v1/search/": Row(anyone, of_camera=True, sends=(("q", "=kenanga merah"),)),
    "api/v1/boundaries/": Row(anyone),
    "api/v1/offers/": Row(anyone),
    "api/v1/offers/waiting/": Row(anyone),
    _API_OFFER: Row(has_to_do_with_the_offer),
    f"{_API_OFFER}trial/": Row(owner, "POST"),
    f"{_API_OFFER}hand-in/": Row(owner, "POST"),
    f"{_API_OFFER}withdrawal/": Row(owner, "POST"),
    f"{_API_OFFER}decision/": Row(decides, "POST"),
    "api/v1/schema/": Row(anyone),
}

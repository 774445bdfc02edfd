"""What a camera's page states: for what it hangs there, who answers for it, where they are reached, and what is kept how long."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import Camera, Category

_PURPOSES = {
    Category.LINGKUNGAN: gettext_lazy("Keamanan lingkungan dan kesiapan menghadapi bencana."),
    Category.LALU_LINTAS: gettext_lazy("Pemantauan lalu lintas."),
    Category.SUNGAI: gettext_lazy("Pemantauan tinggi air dan rumah pompa, untuk siaga banjir dan rob."),
    Category.FASILITAS: gettext_lazy("Keamanan fasilitas umum."),
}


@dataclass(frozen=True)
class Statement:
    purpose: str
    office: str
    contact: str
    retention: str


def statement_of(camera: Camera) -> Statement:
    return Statement(
        purpose=camera.purpose or str(_PURPOSES[Category(camera.category)]),
        office=_office(camera),
        contact=_contact(camera),
        retention=(
            _(
                "Gambar tidak direkam; gambar terakhir disimpan paling lama %(time)s. "
                "Catatan siapa menonton kapan disimpan %(days)s hari."
            )
            % {"time": _minutes(settings.STILL_KEEP_SECONDS), "days": settings.VIEWING_LOG_DAYS}
        ),
    )


def _office(camera: Camera) -> str:
    if camera.rt is None:
        return str(settings.RESPONSIBLE_OFFICE)
    if camera.owner_id:
        return _("Pengurus %(place)s, bersama warga pemilik kamera") % {"place": camera.place}
    return _("Pengurus %(place)s") % {"place": camera.place}


def _contact(camera: Camera) -> str:
    contact = str(settings.RESPONSIBLE_CONTACT)
    if camera.rt is None:
        return contact or _("kantor %(office)s") % {"office": settings.RESPONSIBLE_OFFICE}
    return (
        _("Ketua RT Anda, atau %(contact)s") % {"contact": contact}
        if contact
        else _("Ketua RT, atau kantor Kelurahan %(kelurahan)s") % {"kelurahan": camera.kelurahan}
    )


def _minutes(seconds: float) -> str:
    if seconds >= 60:
        minutes = round(seconds / 60)
        return ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes}
    return ngettext("%(n)s detik", "%(n)s detik", round(seconds)) % {"n": round(seconds)}

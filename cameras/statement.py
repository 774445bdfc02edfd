"""What a camera's page states: for what it hangs there, who answers for it, where they are reached, and what is kept how long."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from .models import Camera, Category

_PURPOSES = {
    Category.LINGKUNGAN: "Keamanan lingkungan dan kesiapan menghadapi bencana.",
    Category.LALU_LINTAS: "Pemantauan lalu lintas.",
    Category.SUNGAI: "Pemantauan tinggi air dan rumah pompa, untuk siaga banjir dan rob.",
    Category.FASILITAS: "Keamanan fasilitas umum.",
}


@dataclass(frozen=True)
class Statement:
    purpose: str
    office: str
    contact: str
    retention: str


def statement_of(camera: Camera) -> Statement:
    return Statement(
        purpose=camera.purpose or _PURPOSES[Category(camera.category)],
        office=_office(camera),
        contact=_contact(camera),
        retention=(
            f"Gambar tidak direkam; gambar terakhir disimpan paling lama {_minutes(settings.STILL_KEEP_SECONDS)}. "
            f"Catatan siapa menonton kapan disimpan {settings.VIEWING_LOG_DAYS} hari."
        ),
    )


def _office(camera: Camera) -> str:
    if camera.rt is None:
        return str(settings.RESPONSIBLE_OFFICE)
    owned = ", bersama warga pemilik kamera" if camera.owner_id else ""
    return f"Pengurus {camera.place}{owned}"


def _contact(camera: Camera) -> str:
    contact = str(settings.RESPONSIBLE_CONTACT)
    if camera.rt is None:
        return contact or f"kantor {settings.RESPONSIBLE_OFFICE}"
    return f"Ketua RT Anda, atau {contact}" if contact else f"Ketua RT, atau kantor Kelurahan {camera.kelurahan}"


def _minutes(seconds: float) -> str:
    return f"{round(seconds / 60)} menit" if seconds >= 60 else f"{round(seconds)} detik"

"""What a citizen fills in."""

from __future__ import annotations

from neighborhoods.models import RT


def fields(rt: RT, /, **changed: str) -> dict[str, str]:
    """A form that lacks nothing, for a camera in *rt*."""
    whole = {
        "address": "kamera.contoh.id",
        "name": "Depan toko, arah Jl. Kartini",
        "kind": "toko",
        "contact": "0812 0000 0000",
        "latitude": "-7.05",
        "longitude": "110.39",
        "rt": rt.number,
        "rw": rt.rw.number,
        "kelurahan": str(rt.rw.kelurahan.pk),
        "wish": "warga_rt",
        "consent": "on",
    }
    return whole | changed

"""Examples and summaries in the API's description, by component and by operation."""

from __future__ import annotations

from typing import Any

_CAMERA = {
    "id": "k7m2p9q4xw",
    "name": "Pos kamling, arah Jl. Taman Siswa",
    "category": "lingkungan",
    "category_text": "Lingkungan RT",
    "place": "RT 003 / RW 005, Sekaran",
    "kelurahan": {"code": "33.74.12.1008", "name": "Sekaran"},
    "rt": {"rw": "005", "rt": "003"},
    "latitude": -7.0512,
    "longitude": 110.3921,
    "visibility": "publik",
    "watchable": True,
    "manageable": False,
    "status": "offline",
    "reason": "timeout",
    "reason_text": "Kamera tidak menjawab",
    "mender": "Pengurus RT perlu memeriksa listrik, kabel, dan jaringan kamera.",
    "since": "2026-11-21T21:04:11+07:00",
    "url": "/kamera/k7m2p9q4xw/",
    "needs_look": False,
    "purpose": "",
}
_TIMETABLE = {
    "id": 12,
    "rt": 3,
    "camera": None,
    "level": "warga_rt",
    "begins": "22:00:00",
    "ends": "05:00:00",
    "days": [1, 2, 3, 4, 5, 6, 7],
}
_ASKED = {
    "id": 81,
    "need": "scene",
    "text": "Gambarnya menunjukkan pemandangan lain",
    "at": "2026-11-21T21:04:11+07:00",
    "who": "sistem",
    "note": "",
}
_REPORTED = {
    "id": 5,
    "at": "2026-11-21T21:04:11+07:00",
    "reason": "Kamera melihat ke dalam kamar",
    "answer": "Kamera sudah kami arahkan ke jalan.",
    "answered_at": "2026-11-22T08:00:00+07:00",
}
_PLAYLIST = "/hls/k7m2p9q4xw/4/Zm9yLWRlbW8tb25seQ.6f1c/live.m3u8"
_REGION = {
    "code": "33.74.12",
    "name": "Gunungpati",
    "cameras": 87,
    "online": 61,
    "url": "/wilayah/33.74.12/",
}

_OFFER = {
    "id": "m3n8r5t2wy",
    "kind": "toko",
    "name": "Depan toko, arah Jl. Kartini",
    "place": "RT 003 / RW 005, Sekaran",
    "latitude": -7.0512,
    "longitude": 110.3921,
    "wish": "warga_rw",
    "granted": "warga_rt",
    "consent_version": "2026-11",
    "consented_at": "2026-11-20T19:02:00+07:00",
    "state": "approved",
    "state_text": "Disetujui Ketua RT, menunggu petugas",
    "since": "2026-11-21T21:04:11+07:00",
    "problem": "",
    "trying": False,
    "channels": [{"number": 1, "codec": "h264", "camera": None}],
    "changes": [{"old": "offered", "new": "approved", "at": "2026-11-21T21:04:11+07:00", "reason": ""}],
    "url": "/tawarkan-kamera/m3n8r5t2wy/",
}

EXAMPLES: dict[str, Any] = {
    "Camera": _CAMERA,
    "PaginatedCameraList": {"count": 1, "next": None, "previous": None, "results": [_CAMERA]},
    "KelurahanRef": {"code": "33.74.12.1008", "name": "Sekaran"},
    "RTRef": {"rw": "005", "rt": "003"},
    "Region": _REGION,
    "RegionDetail": {
        **_REGION,
        "children": [
            {
                **_REGION,
                "code": "33.74.12.1008",
                "name": "Sekaran",
                "cameras": 12,
                "online": 9,
                "url": "/wilayah/33.74.12.1008/",
            }
        ],
    },
    "Offer": _OFFER,
    "PaginatedOfferList": {"count": 1, "next": None, "previous": None, "results": [_OFFER]},
    "NewOffer": {
        "address": "kamera.contoh.id",
        "username": "admin",
        "password": "sandi-kamera",
        "name": "Depan toko, arah Jl. Kartini",
        "kind": "toko",
        "contact": "0812 0000 0000",
        "latitude": -7.0512,
        "longitude": 110.3921,
        "rt": "003",
        "rw": "005",
        "wish": "warga_rw",
        "consent": True,
    },
    "HandIn": {"numbers": [1]},
    "Decision": {"approve": True, "visibility": "warga_rt", "reason": ""},
    "StatusTotals": {"online": 7214, "offline": 3302, "unknown": 84},
    "Switched": {"changed": ["k7m2p9q4xw"], "waiting": [], "limited": []},
    "VisibilityChange": {
        "camera": "k7m2p9q4xw",
        "old": "publik",
        "new": "warga_rt",
        "at": "2026-11-21T22:00:03+07:00",
        "cause": "jadwal",
        "who": "jadwal",
        "reason": "jadwal 22.00–05.00",
    },
    "Timetable": _TIMETABLE,
    "NewTimetable": _TIMETABLE,
    "ViewEvent": _ASKED,
    "View": {
        "need": "scene",
        "since": "2026-11-21T21:04:11+07:00",
        "returns_to": "warga_rt",
        "confirmed_at": None,
        "asked": 81,
        "events": [_ASKED],
    },
    "Confirm": {"asked": 81},
    "Report": {"reason": "Kamera melihat ke dalam kamar"},
    "Reported": _REPORTED,
    "Answer": {"answer": "Kamera sudah kami arahkan ke jalan."},
    "Day": {"day": "2026-11-21", "viewings": 41, "people": 17, "strangers": 9, "minutes": 312},
    "Names": {"reason": "Laporan pencurian 20 November", "first_day": "2026-11-20", "last_day": "2026-11-21"},
    "Viewing": {
        "name": "Siti Rahayu",
        "began_at": "2026-11-20T21:04:11+07:00",
        "seen_until": "2026-11-20T21:19:40+07:00",
        "closed": True,
    },
    "Switch": {"visibility": "warga_rt", "reason": "Perbaikan gapura sampai Jumat"},
    "Wish": {"playlist_url": _PLAYLIST, "plays": ["h265"], "small": True},
    "Stream": {"state": "live", "reason": "", "reason_text": "", "mender": ""},
    "Watch": {
        "playlist_url": _PLAYLIST,
        "now": "2026-11-21T14:04:11Z",
        "expires_at": "2026-11-21T15:04:11Z",
        "renew_after": 8.0,
        "stream": {"state": "live", "reason": "", "reason_text": "", "mender": ""},
    },
}

SUMMARIES = {
    "boundaries_retrieve": "Batas kelurahan untuk peta",
    "cameras_list": "Daftar kamera",
    "cameras_retrieve": "Satu kamera",
    "cameras_still_retrieve": "Gambar terakhir sebuah kamera",
    "cameras_visibility_create": "Mengubah siapa boleh melihat sebuah kamera",
    "cameras_watch_create": "Meminta tayangan langsung, atau memperpanjangnya",
    "cameras_watch_destroy": "Selesai menonton",
    "map_retrieve": "Semua kamera untuk peta",
    "regions_list": "Daftar kecamatan",
    "regions_retrieve": "Satu kecamatan atau kelurahan",
    "status_retrieve": "Jumlah kamera menyala dan mati",
}

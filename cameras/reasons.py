"""Why a camera is not online: a small closed set, with the words that people read.

Foreign errors (sockets, RTSP codes, ffmpeg's last words) become one of these at the border; nothing else travels further.
"""

from django.db import models


class Reason(models.TextChoices):
    """The label is the sentence on screen, without technical words."""

    NONE = "", "—"
    NO_SOURCE = "no_source", "Alamat kamera belum diisi"
    UNRESOLVED = "unresolved", "Nama alamat kamera tidak ditemukan"
    UNREACHABLE = "unreachable", "Kamera tidak terjangkau jaringan"
    REFUSED = "refused", "Kamera menolak sambungan"
    TIMEOUT = "timeout", "Kamera tidak menjawab"
    NOT_RTSP = "not_rtsp", "Perangkat menjawab, tetapi bukan sebagai kamera"
    UNAUTHORIZED = "unauthorized", "Kamera menolak nama atau kata sandi"
    NOT_FOUND = "not_found", "Kamera tidak mengenal alamat gambarnya"
    NO_VIDEO = "no_video", "Kamera menjawab, tetapi tidak mengirim gambar"
    STALLED = "stalled", "Gambar dari kamera terputus"
    UNSUPPORTED = "unsupported", "Jenis gambar kamera ini belum bisa diputar"


# These do not heal by trying again: somebody has to change something at the camera or in its settings here.
PERMANENT = frozenset({Reason.NO_SOURCE, Reason.UNAUTHORIZED, Reason.NOT_FOUND, Reason.UNSUPPORTED})

# Found only while pictures should flow: a camera that merely answers again has not shown that these are over.
ABOUT_PICTURES = frozenset({Reason.NO_VIDEO, Reason.STALLED, Reason.UNSUPPORTED})

_AT_THE_PORTAL = frozenset(
    {Reason.NO_SOURCE, Reason.UNRESOLVED, Reason.UNAUTHORIZED, Reason.NOT_FOUND, Reason.NOT_RTSP, Reason.UNSUPPORTED}
)


def mender(reason: str, *, belongs_to_rt: bool) -> str:
    """Who can put it right, in words; empty when nothing is wrong."""
    if not reason:
        return ""
    if reason in _AT_THE_PORTAL:
        return "Petugas portal perlu memeriksa pengaturan kamera ini."
    if belongs_to_rt:
        return "Pengurus RT perlu memeriksa listrik, kabel, dan jaringan kamera."
    return "Dinas pemilik kamera perlu memeriksa listrik, kabel, dan jaringan."

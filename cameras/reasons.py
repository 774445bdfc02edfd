"""Why a camera is not online: a small closed set, with the words that people read.

Foreign errors (sockets, RTSP codes, ffmpeg's last words) become one of these at the border; nothing else travels further.
"""

from enum import StrEnum

from neighborhoods.wording import said


class Reason(StrEnum):
    NONE = ""
    NO_SOURCE = "no_source"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    NOT_RTSP = "not_rtsp"
    UNAUTHORIZED = "unauthorized"
    NOT_FOUND = "not_found"
    NO_VIDEO = "no_video"
    STALLED = "stalled"
    UNSUPPORTED = "unsupported"
    FORBIDDEN = "forbidden"

    @property
    def label(self) -> str:
        """The sentence on screen, without technical words."""
        return _LABELS[self]


_LABELS = {
    Reason.NONE: "",
    Reason.NO_SOURCE: said("Alamat kamera belum diisi"),
    Reason.UNRESOLVED: said("Nama alamat kamera tidak ditemukan"),
    Reason.UNREACHABLE: said("Kamera tidak terjangkau jaringan"),
    Reason.REFUSED: said("Kamera menolak sambungan"),
    Reason.TIMEOUT: said("Kamera tidak menjawab"),
    Reason.NOT_RTSP: said("Perangkat menjawab, tetapi bukan sebagai kamera"),
    Reason.UNAUTHORIZED: said("Kamera menolak nama atau kata sandi"),
    Reason.NOT_FOUND: said("Kamera tidak mengenal alamat gambarnya"),
    Reason.NO_VIDEO: said("Kamera menjawab, tetapi tidak mengirim gambar"),
    Reason.STALLED: said("Gambar dari kamera terputus"),
    Reason.UNSUPPORTED: said("Jenis gambar kamera ini belum bisa diputar"),
    Reason.FORBIDDEN: said("Alamat kamera ini tidak boleh dihubungi portal"),
}
CHOICES = [(reason.value, label) for reason, label in _LABELS.items()]

# These do not heal by trying again: somebody has to change something at the camera or in its settings here.
PERMANENT = frozenset({Reason.NO_SOURCE, Reason.UNAUTHORIZED, Reason.NOT_FOUND, Reason.UNSUPPORTED, Reason.FORBIDDEN})

# Found only while pictures should flow: a camera that merely answers again has not shown that these are over.
ABOUT_PICTURES = frozenset({Reason.NO_VIDEO, Reason.STALLED, Reason.UNSUPPORTED})

_AT_THE_PORTAL = frozenset(
    {
        Reason.NO_SOURCE,
        Reason.UNRESOLVED,
        Reason.UNAUTHORIZED,
        Reason.NOT_FOUND,
        Reason.NOT_RTSP,
        Reason.UNSUPPORTED,
        Reason.FORBIDDEN,
    }
)


def mender(reason: str, *, belongs_to_rt: bool) -> str:
    """Who can put it right, in words; empty when nothing is wrong."""
    if not reason:
        return ""
    if reason in _AT_THE_PORTAL:
        return said("Petugas portal perlu memeriksa pengaturan kamera ini.")
    if belongs_to_rt:
        return said("Pengurus RT perlu memeriksa listrik, kabel, dan jaringan kamera.")
    return said("Dinas pemilik kamera perlu memeriksa listrik, kabel, dan jaringan.")

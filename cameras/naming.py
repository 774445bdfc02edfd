"""Names by which people find a street: landmark, place and facing. Pure.

About half of the names in lists of public cameras are like "CAM 1", "kamera 02" or "05/01": made by a recorder, or repeating the
place that is known anyway. Such a name tells nothing, and a built one is shown in its place; its number stays, since neighbours
may know the camera by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 120


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What recorders, shops and tired installers write.
_DEVICES = _set_of(
    """
    cam cams camera cameras cammera kamera kamra kam cctv cc tv ip ipc ipcam ipcamera webcam wificam channel chanel chan ch kanal
    nvr dvr xvr hvr port input video vid stream live view preview main sub substream rtsp onvif analog analogue hd fhd uhd ptz dome
    bullet fisheye outdoor indoor wifi hikvision hikivision dahua ezviz tapo imou xiaomi yoosee reolink uniview bardi v380 tplink
    vivotek axis hilook
    device perangkat unit titik new baru default untitled unnamed noname nama name none null na nan kosong unknown test tes testing
    coba no nomor nomer number num ke
    """
)
_COUNTS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
_PLACES = _set_of("rt rw rukun tetangga warga kel kelurahan kec kecamatan kota kab kabupaten semarang")
_IP = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?!\d)")
_MAC = re.compile(r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b", re.IGNORECASE)
# RT and RW in either order, with or without the letters: "05/01", "RT 03 RW 05", "rt.3/5".
_NUMBERED = re.compile(
    r"\br[tw]\s*[.:_-]?\s*\d{1,3}\s*[/|,_-]?\s*(?:r[tw]\s*[.:_-]?\s*)?(?:\d{1,3}(?=\D|$))?|(?<!\d)\d{1,3}\s*/\s*\d{1,3}(?!\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
# A serial or model number, such as DS-2CD2043G0-I; "Gapura-2" is none.
_CODE = re.compile(r"(?![^\W\d_]{4,}[-_.]?\d{1,2}$)(?=\S*\d)(?=\S*[^\W\d_])\S{6,}")
_FACING = re.compile(r"[\s,;(–-]*\b(?:(?:meng)?hadap(?:\s+ke)?|(?:ke\s+)?arah(?:\s+ke)?|view)\s+(?=\S)", re.IGNORECASE)
_LANDMARKS = {"lingkungan": "Lingkungan", "lalu_lintas": "Jalan", "sungai": "Sungai", "fasilitas": "Fasilitas umum"}
_ABBREVIATED = {"jl": "Jl.", "jln": "Jl.", "jalan": "Jl.", "gg": "Gang", "kp": "Kp.", "prof": "Prof.", "dr": "Dr."}
_IN_CAPITALS = _set_of("rt rw sd smp sma smk tk paud spbu mt pdam tpu tps pkk")


@dataclass(frozen=True)
class Spot:
    """Where a camera hangs. *rw* and *rt* have three digits or are both empty; *category* as in cameras.models.Category."""

    kelurahan: str
    rw: str = ""
    rt: str = ""
    category: str = ""

    def __str__(self) -> str:
        return f"RT {self.rt} / RW {self.rw}" if self.rt else f"Kel. {self.kelurahan}"


def tells_nothing(name: str, spot: Spot) -> bool:
    """Whether *name* says no more than that there is a camera, or where it hangs, which is known without it."""
    return not _telling_words(name, spot)


def shown(name: str, spot: Spot) -> str:
    """*name*, or, where it tells nothing, a built one."""
    return built(spot, number=number_in(name)) if tells_nothing(name, spot) else name


def built(spot: Spot, *, landmark: str = "", facing: str = "", number: str = "") -> str:
    """``Pos kamling RT 003 / RW 005, arah Jl. Kartini``. Without a landmark the category stands in for it; a *number* comes last."""
    what = landmark or _LANDMARKS.get(spot.category, "Lingkungan")
    parts = [f"{what} {spot}", f"arah {facing}" if facing else "", f"kamera {number}" if number else ""]
    return ", ".join(part for part in parts if part)[:_LONGEST]


def suggestion(name: str, spot: Spot) -> str:
    """A better name than *name*, made of what it tells; empty where it is good as it is."""
    if tells_nothing(name, spot):
        return built(spot, number=number_in(name))
    landmark, *facing = _FACING.split(_without_noise(name), maxsplit=1)
    landmark = _tidy(landmark)
    better = built(spot, landmark=landmark[:1].upper() + landmark[1:], facing=_tidy(facing[0] if facing else ""))
    return better if _is_noisy(name, spot) else ""


def number_in(name: str) -> str:
    """The number, or the single letter, by which *name* tells a camera from its neighbours: ``2`` in "CAM 02 RT 3 RW 5"."""
    rest = _NUMBERED.sub(" ", _MAC.sub(" ", _IP.sub(" ", name)))
    rest = " ".join(word for word in rest.split() if not _CODE.fullmatch(word) or _is_device(word))
    words = [str(_COUNTS.index(word)) if (word := each.casefold()) in _COUNTS else each for each in _WORD.findall(rest)]
    found = [word for word in words if (word.isdecimal() and len(word) <= 4) or len(word) == 1]
    return (found[-1].lstrip("0") or "0").upper() if found else ""


def _telling_words(name: str, spot: Spot) -> list[str]:
    text = _NUMBERED.sub(" ", _MAC.sub(" ", _IP.sub(" ", name)))
    known = _DEVICES | _PLACES | {*_COUNTS, *_words(spot.kelurahan)}
    return [
        word
        for chunk in text.split()
        if not _CODE.fullmatch(chunk) or "/" in chunk
        for word in _words(chunk)
        if len(word) > 1 and word not in known
    ]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text) if not word.isdecimal()]


def _is_device(chunk: str) -> bool:
    """``kamera12`` is no serial number."""
    words = _words(chunk)
    return bool(words) and all(word in _DEVICES for word in words)


def _is_noisy(name: str, spot: Spot) -> bool:
    """It shouts, or begins with a recorder's word."""
    first = (_words(name) or [""])[0]
    telling = _telling_words(name, spot)
    return first in _DEVICES or bool(telling and name.upper() == name and len("".join(telling)) > 4)


def _without_noise(name: str) -> str:
    words = _NUMBERED.sub(" ", _IP.sub(" ", name)).split()
    while words and (_is_device(words[0]) or not _words(words[0])):
        words.pop(0)
    return " ".join(words)


def _tidy(text: str) -> str:
    """As a sign in the street would have it: ``JL KARTINI`` → ``Jl. Kartini``. What is not shouted keeps its capitals."""
    text = text.strip(" ,;.()–-_/")
    shouts = text.upper() == text
    words: list[str] = []
    for word in text.split():
        bare = word.strip(".,").casefold()
        if bare in _ABBREVIATED and (shouts or len(words) == 0):
            words.append(_ABBREVIATED[bare])
        elif bare in _IN_CAPITALS:
            words.append(word.upper())
        else:
            words.append(word.capitalize() if shouts else word)
    return " ".join(words)

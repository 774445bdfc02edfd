"""The cameras of the scene and their secrets: odd names and passwords, each camera with another trouble."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from .hostile import HOST as HOSTILE
from .hostile import HostileCamera
from .spellings import Secret

USER, PASSWORD, OLD_PASSWORD = "juru@kunci/rt%", "p@ss:w/rd%#", "s@ndi-lama:/%#9"
HOST, AWAY, NOBODY = "127.83.19.44", "10.83.19.45", "kamera-gang-mawar.invalid"
# The simulator too, by a name that a setting must hold, and so no secret.
OFFERED = "127.83.20.1"
PATH = "jalur-gang-mawar"
DEMO_PASSWORD = "rahasia-simulator-7f3k"
HOMES = frozenset({"secrets/simulator_password"})
CONTROL = "kenari:/@%#-terbang-3141"
COLUMNS = "name,category,kelurahan_code,rw,rt,latitude,longitude,visibility,source_url,username,password\n"
_WHERE = "lingkungan,33.74.12.1009,005,003,-7.05,110.39"


SECRETS = [
    Secret("password", PASSWORD),
    Secret("old password", OLD_PASSWORD),
    Secret("user name", USER),
    Secret("the demo's camera password", DEMO_PASSWORD),
    *(Secret(f"host {host}", host, pieces=False) for host in (HOST, HOSTILE, AWAY, NOBODY)),
    Secret("path", PATH, pieces=False),
]


@dataclass(frozen=True)
class Kind:
    """One camera: *options* of the simulator, a *fault* that it gets, a *url* that is not the simulator's, the *password* entered."""

    name: str
    visibility: str = "publik"
    options: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    url: str = ""
    password: str = PASSWORD
    inside: bool = False

    @property
    def slug(self) -> str:
        return f"{PATH}-{self.name.lower().replace(' ', '-')}"


def kinds(hostile: HostileCamera) -> list[Kind]:
    gone = f"rtsp://{HOST}:9/{PATH}"
    return [
        Kind("Gapura utara", options={"gop": "1"}),
        Kind("Gapura selatan", "warga_rt", options={"gop": "1"}, inside=True),
        Kind("Lapangan timur", "petugas", options={"codec": "h265", "gop": "1"}),
        Kind("Lapangan barat", options={"codec": "mjpeg"}),
        Kind("Jalan satu", password=OLD_PASSWORD),
        Kind("Jalan dua", fault="404"),
        Kind("Jalan tiga", fault="cut", options={"gop": "1"}),
        Kind("Jalan empat", fault="stall", options={"gop": "1"}),
        Kind("Jalan lima", fault="silent"),
        Kind("Jalan enam", fault="novideo"),
        Kind("Jalan tujuh", url=gone),
        Kind("Jalan delapan", url=f"rtsp://{AWAY}/{PATH}"),
        Kind("Jalan sembilan", url=f"rtsp://{NOBODY}/{PATH}"),
        Kind("Sungai satu", url=hostile.url(f"echo/{PATH}")),
        Kind("Sungai dua", url=hostile.url(f"redirect/{PATH}")),
        Kind("Sungai tiga", url=hostile.url(f"describe/{PATH}")),
        Kind("Sungai empat", url=f"rtsps://{HOST}:{{port}}/{PATH}"),
    ]


def rows(wanted: Iterable[Kind], port: int) -> str:
    """The cameras as a file to import; those of the simulator are at *port*."""
    lines = [COLUMNS]
    for one in wanted:
        query = f"?{urlencode(one.options)}" if one.options else ""
        url = one.url.replace("{port}", str(port)) or f"rtsp://{HOST}:{port}/{one.slug}{query}"
        if one.inside:
            who = f"{quote(USER, safe='')}:{quote(one.password, safe='')}@"
            lines.append(f'"{one.name}",{_WHERE},{one.visibility},{url.replace("://", f"://{who}")},,\n')
        else:
            lines.append(f'"{one.name}",{_WHERE},{one.visibility},{url},"{USER}","{one.password}"\n')
    return "".join(lines)


def bad_rows(port: int) -> str:
    """A file in which every row is wrong, and most hold a secret in a place where none is expected."""
    good = f"rtsp://{HOST}:{port}/{PATH}"
    inside = f"rtsp://{USER}:{PASSWORD}@{HOST}:{port}/{PATH}"
    return COLUMNS + "".join(
        [
            f"Tertukar,{_WHERE},{good},publik,{USER},{PASSWORD}\n",
            f"Bukan alamat,{_WHERE},publik,http://{HOST}/{PASSWORD},{USER},{PASSWORD}\n",
            f"Berbeda,{_WHERE},publik,{inside},{USER},{OLD_PASSWORD}\n",
            f"Tanpa nama,{_WHERE},publik,{good},,{PASSWORD}\n",
            f"{inside},{_WHERE},publik,{good},{USER},{PASSWORD}\n",
            f"Kurang,{_WHERE},{inside}\n",
            f"{PASSWORD},{USER},{HOST},{good},{PASSWORD},{USER},{PASSWORD},{inside},{PASSWORD},{USER},{PASSWORD}\n",
        ]
    )

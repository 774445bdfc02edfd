"""Which cameras there are, what each is called, how each plays, and what was asked of it."""

from __future__ import annotations

import enum
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from simulator.clip import Format
from simulator.faults import Fault, parse_fault
from simulator.sound import Sound

_LONGEST_NAME = 200
_SHORTEST_GOP, _LONGEST_GOP = 0.2, 60.0
_OTHER_SIZE, _SMALL_SIZE = (480, 272), (320, 184)


def _one_of(word: str, *known: str) -> str:
    if word not in known:
        raise ValueError(f"unknown: {word} (known: {', '.join(known)})")
    return word


def _within(text: str, least: float, most: float) -> float:
    number = float(text)
    if not least <= number <= most:
        raise ValueError(f"{text} is out of range")
    return number


class Start(enum.Enum):
    """With which picture a session begins."""

    KEYFRAME = "keyframe"  # the camera's next keyframe, as it comes
    NOW = "now"  # a keyframe made for this session, at once
    MID = "mid"  # whatever comes next, mostly without a keyframe to build on


@dataclass(frozen=True)
class Playing:
    """How a camera plays."""

    gop: float = 2.0
    start: Start = Start.KEYFRAME
    tcp_only: bool = False
    codec: str = "h264"
    sound: Sound = Sound.NONE
    fps: int = 0  # 0: as the simulator
    change: float = 0.0  # seconds after which the size changes, over and over
    jumping: bool = False  # timestamps that jump
    small: bool = False  # the camera's substream: the same scene, smaller

    def asked(self, options: Mapping[str, str]) -> Playing:
        """The same with the options of an address (see the package's docstring). Raises ``ValueError``."""
        changed = self._asked_pictures(options)
        if "audio" in options:
            changed = replace(changed, sound=Sound(options["audio"]))
        if "timestamps" in options:
            changed = replace(changed, jumping=_one_of(options["timestamps"], "true", "jump") == "jump")
        if "gop" in options:
            changed = replace(changed, gop=_within(options["gop"], _SHORTEST_GOP, _LONGEST_GOP))
        if "start" in options:
            changed = replace(changed, start=Start(options["start"]))
        if "transport" in options:
            changed = replace(changed, tcp_only=options["transport"] == "tcp")
        return changed

    def _asked_pictures(self, options: Mapping[str, str]) -> Playing:
        changed = self
        if "codec" in options:
            changed = replace(changed, codec=_one_of(options["codec"], "h264", "h265", "mjpeg"))
        if "fps" in options:
            changed = replace(changed, fps=int(_within(options["fps"], 1, 30)))
        if "change" in options:
            changed = replace(changed, change=_within(options["change"], 0.5, 3600))
        if "size" in options:
            changed = replace(changed, small=_one_of(options["size"], "full", "small") == "small")
        return changed

    def forms(self, base: Format) -> list[Format]:
        """The film's formats: ``base`` with what is asked here; two where the size changes."""
        fps = self.fps or base.fps
        gop = 1 if self.codec == "mjpeg" else max(1, round(self.gop * fps))
        form = replace(base, fps=fps, gop=gop, codec=self.codec)
        if self.small:
            form = replace(form, width=_SMALL_SIZE[0], height=_SMALL_SIZE[1])
        return [form, replace(form, width=_OTHER_SIZE[0], height=_OTHER_SIZE[1])] if self.change else [form]


@dataclass
class Camera:
    """One camera and its counters. ``opened`` counts sessions ever set up, ``described`` answered DESCRIBEs."""

    name: str
    title: str
    playing: Playing
    connections: int = 0
    described: int = 0
    opened: int = 0
    played: int = 0

    @property
    def offset(self) -> int:
        """Pictures by which this camera is ahead of the clip, so that not all of them show the same moment."""
        return zlib.crc32(self.name.encode())


class CameraBook:
    """All cameras. Without a list every path is one, and is remembered from its first use on."""

    def __init__(self, playing: Playing, listed: Iterable[Camera] | None = None) -> None:
        self._playing = playing
        self._open = listed is None
        self._cameras = {camera.name: camera for camera in listed or ()}

    def find(self, name: str) -> Camera | None:
        """The camera of a path; ``None`` if there is none."""
        camera = self._cameras.get(name)
        if camera is None and self._open and 0 < len(name) <= _LONGEST_NAME and name.isprintable():
            camera = self._cameras[name] = Camera(name, title_of(name), self._playing)
        return camera

    def add(self, camera: Camera) -> None:
        """One more, also to a list."""
        self._cameras[camera.name] = camera

    def all(self) -> list[Camera]:
        return list(self._cameras.values())


def title_of(name: str) -> str:
    """The name in the picture of a camera that is only known by its path."""
    return name.replace("_", " ")


def numbered(count: int, playing: Playing) -> list[Camera]:
    """``kamera-1`` to ``kamera-<count>``."""
    return [Camera(f"kamera-{place}", f"Kamera {place}", playing) for place in range(1, count + 1)]


def read_names(lines: Iterable[str], playing: Playing) -> tuple[list[Camera], dict[str, Fault]]:
    """Cameras of a list, and the faults that some have from the start.

    A line is ``path``, or ``path TAB title``, or ``path TAB title TAB options``; the options are written as in an
    address: ``gop=4&start=mid&transport=tcp&fault=silent``. Empty lines and those that begin with ``#`` do not count.
    Raises ``ValueError`` with the line's number.
    """
    cameras: list[Camera] = []
    faults: dict[str, Fault] = {}
    for number, line in enumerate(lines, start=1):
        fields = line.strip("\r\n").split("\t")
        name = fields[0].strip().strip("/")
        if not name or name.startswith("#"):
            continue
        title = fields[1].strip() if len(fields) > 1 and fields[1].strip() else title_of(name)
        options = dict(parse_qsl(fields[2].strip())) if len(fields) > 2 else {}
        try:
            cameras.append(Camera(name, title, playing.asked(options)))
            if "fault" in options:
                faults[name] = parse_fault(options["fault"])
        except ValueError as error:
            raise ValueError(f"baris {number}: {error}") from None
    return cameras, faults

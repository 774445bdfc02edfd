"""A real simulator process, with the real ffmpeg and with a bare socket as clients."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from simulator import clockcode
from simulator.harness import Simulator
from simulator.workshop import find_ffmpeg

USER, PASSWORD = "tilik", "p@ss:w/rd%#"
FRAME = 640 * 360 * 3


@pytest.fixture(scope="module")
def locked() -> Iterator[Simulator]:
    with Simulator(user=USER, password=PASSWORD) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def shared() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def simulator(shared: Simulator) -> Iterator[Simulator]:
    yield shared
    shared.clear()


def _ffmpeg(url: str, *, frames: int, transport: str = "tcp") -> subprocess.CompletedProcess[bytes]:
    words = [find_ffmpeg(), "-v", "error", "-nostdin", "-rtsp_transport", transport, "-timeout", "9000000"]
    words += ["-fpsprobesize", "0", "-i", url, "-frames:v", str(frames), "-fps_mode", "passthrough"]
    words += ["-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    return subprocess.run(words, capture_output=True, timeout=20, check=False)


def _pictures(url: str, *, frames: int = 3, transport: str = "tcp") -> list[Image.Image]:
    result = _ffmpeg(url, frames=frames, transport=transport)
    assert result.returncode == 0, result.stderr.decode()
    places = range(0, len(result.stdout), FRAME)
    return [Image.frombytes("RGB", (640, 360), result.stdout[start : start + FRAME]) for start in places]


class _Client:
    """The least RTSP client that can look at single answers."""

    def __init__(self, simulator: Simulator, camera: str, **options: str | float) -> None:
        self.url = simulator.url(camera, credentials=False, **options)
        self.socket = socket.create_connection(("127.0.0.1", simulator.port), timeout=3)
        self._file = self.socket.makefile("rb")
        self._count = 0
        self.session = ""

    def close(self) -> None:
        self._file.close()
        self.socket.close()

    def ask(self, method: str, *headers: str, url: str | None = None) -> tuple[int, dict[str, str], str]:
        self._count += 1
        lines = [f"{method} {url or self.url} RTSP/1.0", f"CSeq: {self._count}", *headers]
        if self.session:
            lines.append(f"Session: {self.session}")
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return self.answer()

    def answer(self) -> tuple[int, dict[str, str], str]:
        while (first := self._file.read(1)) == b"$":
            self._file.read(int.from_bytes(self._file.read(3)[1:], "big"))
        if not first:
            raise ConnectionResetError
        status = int(self._file.readline().split()[1])
        headers = {}
        while (line := self._file.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        body = self._file.read(int(headers.get("content-length", 0))).decode()
        assert int(headers["cseq"]) == self._count
        return status, headers, body

    def play(self) -> None:
        status, headers, _ = self.ask("SETUP", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1", url=self.track)
        assert status == 200
        self.session = headers["session"].partition(";")[0]
        assert self.ask("PLAY")[0] == 200

    @property
    def track(self) -> str:
        return self.url + "/trackID=0"

    def drain(self) -> None:
        """Read packets until the connection ends."""
        for _ in range(500):
            self.packet()

    def packet(self) -> bytes:
        """The next RTP packet."""
        while True:
            head = self._file.read(4)
            if len(head) < 4:
                raise ConnectionResetError
            data = self._file.read(int.from_bytes(head[2:], "big"))
            if head[1] == 0:
                return data


def _status(simulator: Simulator, camera: str, **options: str | float) -> int:
    with closing(_Client(simulator, camera, **options)) as client:
        return client.ask("DESCRIBE", "Accept: application/sdp")[0]


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_ffmpeg_sees_moving_pictures_with_the_true_time(locked: Simulator, transport: str) -> None:
    url = locked.url("pos-1", credentials=True, start="now")
    pictures = _pictures(url, frames=8, transport=transport)
    shown = clockcode.read(pictures[-1])
    assert abs(clockcode.age(shown, time.time())) < 2
    assert pictures[0].tobytes() != pictures[-1].tobytes()
    assert locked.count("pos-1", "played") >= 1


def test_a_wrong_password_is_told_as_401(locked: Simulator) -> None:
    with closing(_Client(locked, "pos-1")) as client:
        assert client.ask("OPTIONS")[0] == 200
        status, headers, _ = client.ask("DESCRIBE")
    assert status == 401
    assert "www-authenticate" in headers
    result = _ffmpeg(locked.url("pos-1").replace("//", "//tilik:salah@"), frames=1)
    assert result.returncode != 0
    assert b"401" in result.stderr


def test_playing_may_begin_at_the_next_keyframe_or_in_mid_gop(simulator: Simulator) -> None:
    _pictures(simulator.url("pos-2", gop=1), frames=2)
    with closing(_Client(simulator, "pos-3", start="mid")) as client:
        client.play()
        assert client.packet()[12] & 31 not in (7, 8)
    with closing(_Client(simulator, "pos-3", start="now")) as client:
        client.play()
        assert client.packet()[12] & 31 == 7


def test_two_hundred_paths_are_described_from_one_process(simulator: Simulator) -> None:
    assert {_status(simulator, f"ramai-{place}") for place in range(200)} == {200}


def test_a_session_is_counted_and_ends_by_teardown(simulator: Simulator) -> None:
    with closing(_Client(simulator, "hitung", start="now")) as client:
        client.play()
        assert client.packet()
        assert simulator.count("hitung") == 1
        assert client.ask("GET_PARAMETER")[0] == 200
        assert client.ask("TEARDOWN")[0] == 200
        assert client.ask("PLAY")[0] == 454
    assert simulator.count("hitung") == 0
    assert simulator.count("hitung", "opened") == 1


def test_wrong_requests_get_their_own_status(simulator: Simulator) -> None:
    with closing(_Client(simulator, "aneh", transport="tcp")) as client:
        assert client.ask("PLAY")[0] == 455
        assert client.ask("RECORD")[0] == 501
        assert client.ask("SETUP", "Transport: RTP/AVP;multicast")[0] == 461
        assert client.ask("SETUP", "Transport: RTP/AVP;unicast;client_port=5000-5001")[0] == 461
        client.session = "123"
        assert client.ask("PLAY")[0] == 454
        assert client.ask("DESCRIBE", "Require: x")[0] == 551
    assert _status(simulator, "aneh", gop="banyak") == 404


def test_sequence_and_timestamp_are_those_that_were_announced(simulator: Simulator) -> None:
    with closing(_Client(simulator, "rtp", start="now")) as client:
        client.session = client.ask("SETUP", "Transport: RTP/AVP/TCP;interleaved=0-1", url=client.track)[1][
            "session"
        ].partition(";")[0]
        info = client.ask("PLAY")[1]["rtp-info"]
        told = dict(part.split("=", 1) for part in info.split(";")[1:])
        packets = [client.packet() for _ in range(60)]
    numbers = [int.from_bytes(packet[2:4], "big") for packet in packets]
    times = [int.from_bytes(packet[4:8], "big") for packet in packets]
    assert (numbers[0], times[0]) == (int(told["seq"]), int(told["rtptime"]))
    assert all((after - before) & 0xFFFF == 1 for before, after in pairwise(numbers))
    for packet, before, after in zip(packets, times, times[1:], strict=False):
        assert (after - before) & 0xFFFFFFFF == (7500 if packet[1] & 0x80 else 0)


def test_faults_before_an_answer(simulator: Simulator) -> None:
    for kind, status in (("401", 401), ("404", 404)):
        simulator.fault("rusak", kind)
        assert _status(simulator, "rusak") == status
    for kind in ("refuse", "cut"):
        simulator.fault("rusak", kind)
        with pytest.raises(ConnectionResetError):
            _status(simulator, "rusak")
    simulator.fault("rusak", "silent")
    with closing(_Client(simulator, "rusak")) as client:
        client.socket.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.ask("OPTIONS")
    simulator.fault("rusak", "slow", seconds=0.4)
    before = time.monotonic()
    assert _status(simulator, "rusak") == 200
    assert time.monotonic() - before > 0.35
    assert _status(simulator, "utuh") == 200


def test_a_camera_without_video_describes_none(simulator: Simulator) -> None:
    simulator.fault("buta", "novideo")
    with closing(_Client(simulator, "buta")) as client:
        status, _, body = client.ask("DESCRIBE")
    assert status == 200
    assert "m=video" not in body


def test_cut_ends_a_session_that_plays_until_cleared(simulator: Simulator) -> None:
    with closing(_Client(simulator, "putus", start="now")) as client:
        client.play()
        assert client.packet()
        simulator.fault("putus", "cut")
        with pytest.raises(ConnectionResetError):
            client.drain()
    simulator.clear("putus")
    assert _status(simulator, "putus") == 200


def test_stall_stops_the_packets_but_not_the_answers(simulator: Simulator) -> None:
    with closing(_Client(simulator, "macet", start="now", gop=0.5)) as client:
        client.play()
        assert client.packet()
        simulator.fault("macet", "stall")
        assert client.ask("GET_PARAMETER")[0] == 200
        client.socket.settimeout(0.4)
        with pytest.raises(TimeoutError):
            client.packet()
        assert simulator.count("macet") == 1


def test_refusing_everybody_closes_the_port_until_cleared(simulator: Simulator) -> None:
    simulator.fault("*", "refuse")
    with pytest.raises(ConnectionRefusedError):
        _Client(simulator, "pos-1")
    simulator.clear("*")
    assert _status(simulator, "pos-1") == 200


def test_a_client_that_vanishes_leaves_no_session(simulator: Simulator) -> None:
    with closing(_Client(simulator, "hilang", start="now")) as client:
        client.play()
        assert simulator.count("hilang") == 1
    deadline = time.monotonic() + 30
    while simulator.count("hilang") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert simulator.count("hilang") == 0


def test_a_list_restricts_the_cameras_and_static_faults_apply(tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.write_text("pos-1\tPos Kamling\npos-2\tMati\tfault=404\n")
    with Simulator("--names", str(names), "--fault", "pos-3=404") as simulator:
        assert [_status(simulator, camera) for camera in ("pos-1", "pos-2", "lain")] == [200, 404, 404]
        assert simulator.stop() == 0

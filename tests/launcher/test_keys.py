import base64
import stat
from pathlib import Path

from launcher import keys


def test_missing_secrets_are_made_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "secrets"

    assert set(keys.make_missing(folder)) == {"secret_key", "source_key", "simulator_password"}

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 3


def test_the_source_key_is_a_fernet_key(tmp_path: Path) -> None:
    keys.make_missing(tmp_path)

    assert len(base64.urlsafe_b64decode((tmp_path / "source_key").read_text())) == 32


def test_a_secret_that_exists_is_never_overwritten_not_even_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "source_key").write_text("")
    (tmp_path / "secret_key").write_text("mine")

    assert keys.make_missing(tmp_path) == ["simulator_password"]

    assert (tmp_path / "source_key").read_text() == ""
    assert (tmp_path / "secret_key").read_text() == "mine"


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    keys.make_missing(tmp_path / "a")
    keys.make_missing(tmp_path / "b")

    for name in keys.MAKERS:
        assert (tmp_path / "a" / name).read_text() != (tmp_path / "b" / name).read_text()

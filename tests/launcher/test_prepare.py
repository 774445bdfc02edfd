"""The preparations as the launcher runs them, with small programs in place of manage.py."""

import sys
from pathlib import Path

import pytest

from launcher.installation import Installation
from launcher.preflight import make_folders
from launcher.prepare import fingerprint, run_step
from launcher.trouble import CannotStartError


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    installation = Installation.from_environment(tmp_path, {"DATA_DIR": str(tmp_path / "data")})
    make_folders(installation)
    return installation


def run(installation: Installation, program: str) -> list[str]:
    said: list[str] = []
    run_step(installation, [sys.executable, "-c", program], {"PYTHONUTF8": "1"}, said.append)
    return said


def test_each_step_is_said_and_the_rest_is_kept_in_the_log(installation: Installation) -> None:
    said = run(
        installation, "import sys; print('→ satu'); print('lain'); print('rinci', file=sys.stderr); print('→ dua')"
    )

    assert said == ["→ satu", "→ dua"]
    assert (installation.logs / "prepare.log").read_text() == "rinci\n"


def test_a_failed_step_is_named_with_its_last_words(installation: Installation) -> None:
    with pytest.raises(CannotStartError, match="langkah 'wilayah'") as caught:
        run(installation, "import sys; print('→ wilayah'); sys.exit('berkas tidak ada')")

    assert "berkas tidak ada" in str(caught.value)


def test_static_files_are_collected_again_only_when_one_has_changed(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    page = tmp_path / "static" / "page.js"
    page.write_text("1")
    before = fingerprint(tmp_path)

    assert fingerprint(tmp_path) == before
    page.write_text("12")
    assert fingerprint(tmp_path) != before

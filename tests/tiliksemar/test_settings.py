import re
from datetime import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tiliksemar import env
from tiliksemar.databases import database

PROJECT = Path(__file__).parents[2]


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    source = (PROJECT / "tiliksemar" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    read |= {f"{name}_FILE" for name in re.findall(r'env\.secret\("([A-Z_]+)"', source)}
    table, _, only_runner = (PROJECT / "docs" / "settings.md").read_text().partition("## Read by")
    documented = {
        name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert read == documented
    runner = "".join(path.read_text() for path in (PROJECT / "launcher").glob("*.py"))
    assert all(name in runner for name in re.findall(r"`([A-Z_]+)`[,` |]", only_runner))


@pytest.mark.parametrize(("word", "value"), [("1", True), ("ya", True), ("TRUE", True), ("0", False), ("", False)])
def test_a_switch_is_read(monkeypatch: pytest.MonkeyPatch, word: str, value: bool) -> None:
    monkeypatch.setenv("X", word)
    assert env.boolean("X", not value) == value


@pytest.mark.parametrize("word", ["perhaps", "2"])
def test_a_wrong_switch_stops_the_start(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("X", word)
    with pytest.raises(ImproperlyConfigured, match="X must be 1 or 0"):
        env.boolean("X", False)


def test_wrong_and_too_small_numbers_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "many")
    with pytest.raises(ImproperlyConfigured, match="X must be a number"):
        env.integer("X", 1)
    monkeypatch.setenv("X", "0")
    with pytest.raises(ImproperlyConfigured, match="at least 1"):
        env.seconds("X", 5, least=1)


def test_hours_are_read_and_wrong_ones_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "21:30 - 04:00")
    assert env.hours("X", "22:00-04:00") == (time(21, 30), time(4))
    for wrong in ("malam", "22:00", "22:00-25:00"):
        monkeypatch.setenv("X", wrong)
        with pytest.raises(ImproperlyConfigured, match="X must be hours"):
            env.hours("X", "22:00-04:00")


def test_a_secret_comes_from_the_variable_or_a_file_and_is_never_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    with pytest.raises(ImproperlyConfigured, match="make run"):
        env.secret("X", file)
    file.write_text("from the file\n")
    assert env.secret("X", file) == "from the file"
    monkeypatch.setenv("X_FILE", str(file))
    monkeypatch.setenv("X", "from the variable")
    assert env.secret("X", tmp_path / "none") == "from the variable"


def test_a_postgresql_address_is_understood_with_an_odd_password() -> None:
    found = database("postgresql://tilik:p%40ss%3A@db.local:5433/semar")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "tilik", "p@ss:", "db.local", "5433", "semar",
    )  # fmt: skip


def test_another_database_is_refused_without_repeating_its_address() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        database("mysql://root:secret@db/semar")
    assert "secret" not in str(caught.value)

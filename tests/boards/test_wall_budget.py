"""How many live pictures a wall may show, and which: the page's own pure module, asked as the page asks it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

MODULE = Path(__file__).parents[2] / "static" / "js" / "wall-budget.js"
_ANSWER = """
const { readFileSync } = require("node:fs");
const source = "data:text/javascript," + encodeURIComponent(readFileSync(process.argv[1], "utf8"));
import(source).then(async (module) => {
  for await (const line of require("node:readline").createInterface({ input: process.stdin })) {
    const [name, ...given] = JSON.parse(line);
    process.stdout.write(JSON.stringify(module[name](...given)) + "\\n");
  }
});
"""

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """``ask(name, *given)``: what the module's function answers; one process for all."""
    # npm, which every installation has, comes with it.
    node = shutil.which("node") or str(Path(__file__).parents[2] / ".venv" / "bin" / "node")
    with subprocess.Popen(
        [node, "-e", _ANSWER, str(MODULE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        words, answers = process.stdin, process.stdout

        def question(name: str, *given: Any) -> Any:
            words.write(json.dumps([name, *given]) + "\n")
            words.flush()
            return json.loads(answers.readline())

        yield question
        words.close()


DESK = {"cores": 24, "memory": 32, "protocol": "h2", "effectiveType": "4g", "downlink": 10, "width": 1920}


@pytest.mark.parametrize(
    ("device", "most", "why"),
    [
        ({}, 36, "portal"),
        ({"protocol": "h3"}, 36, "portal"),
        ({"protocol": "http/1.1"}, 4, "protocol"),
        ({"protocol": ""}, 4, "protocol"),
        ({"saving": True}, 0, "data"),
        ({"effectiveType": "2g"}, 0, "line"),
        ({"effectiveType": "3g"}, 1, "line"),
        ({"downlink": 5}, 4, "line"),
        ({"downlink": 0.4}, 0, "line"),
        ({"cores": 2}, 4, "device"),
        ({"memory": 1}, 3, "device"),
        ({"memory": 0.25}, 1, "device"),
        ({"width": 412}, 4, "phone"),
        ({"cores": None, "memory": None, "downlink": None, "effectiveType": None}, 4, "device"),
    ],
)
def test_the_narrowest_of_what_device_and_line_bear_is_the_budget(
    ask: Ask, device: dict[str, Any], most: int, why: str
) -> None:
    given = {name: value for name, value in {**DESK, **device}.items() if value is not None}
    assert ask("liveBudget", given) == {"most": most, "why": why}


def tile(order: int, **facts: Any) -> dict[str, Any]:
    usual = {"width": 400, "onScreen": True, "chosen": False, "may": True, "live": False, "restsUntil": 0}
    return {"id": f"k{order}", "order": order, **usual, **facts}


@pytest.mark.parametrize(
    ("changes", "options", "live"),
    [
        ({}, {"most": 2}, ["k0", "k1"]),
        ({}, {"most": 0}, []),
        ({0: {"width": 299}}, {"most": 2}, ["k1", "k2"]),
        ({0: {"onScreen": False}, 1: {"may": False}}, {"most": 2}, ["k2", "k3"]),
        ({0: {"restsUntil": 2000}}, {"most": 1}, ["k1"]),
        ({3: {"live": True}}, {"most": 2}, ["k3", "k0"]),  # what moves goes on moving
        ({1: {"live": True}}, {"most": 3, "full": True}, ["k1"]),  # the portal has no room: no further one is tried
        ({2: {"chosen": True, "width": 100}}, {"most": 0}, ["k2"]),  # somebody asked for it
        ({2: {"chosen": True, "may": False}, 0: {"live": True}}, {"most": 4}, []),
    ],
)
def test_live_are_large_tiles_on_the_screen_as_far_as_the_budget_goes(
    ask: Ask, changes: dict[int, dict[str, Any]], options: dict[str, Any], live: list[str]
) -> None:
    tiles = [tile(order, **changes.get(order, {})) for order in range(4)]
    assert ask("chooseLive", tiles, {"now": 1000, **options}) == live


@pytest.mark.parametrize(
    ("wished", "width", "cameras", "side"),
    [
        (6, 360, 40, 2),
        (6, 800, 40, 5),
        (6, 1920, 40, 6),
        (6, 1920, 5, 3),
        (2, 1920, 40, 2),
        (4, 100, 9, 1),
        (3, 900, 0, 1),
    ],
)
def test_tiles_in_a_row_are_as_many_as_the_screen_and_the_cameras_fill(
    ask: Ask, wished: int, width: int, cameras: int, side: int
) -> None:
    assert ask("sideFor", wished, {"width": width, "cameras": cameras}) == side


def test_what_does_not_fit_comes_on_further_pages(ask: Ask) -> None:
    assert [ask("pagesOf", cameras, 2) for cameras in (0, 4, 5, 36)] == [1, 1, 2, 9]

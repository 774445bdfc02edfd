"""Holds a page against axe-core's rules of accessibility (WCAG 2.2 AA and best practices)."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import CDPSession, Page

from .portal import PROJECT

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
_RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_RUN = """(rules) => axe.run(document, { runOnly: rules, resultTypes: ["violations"] }).then((found) =>
  found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 200)} | ${(node.failureSummary ?? "").slice(0, 400)}`)))"""


def no_violations(page: Page, *, but: tuple[str, ...] = ()) -> None:
    """Fails with what axe-core found on *page* as it stands; *but* names rules whose finding the caller explains beside it."""
    found = [one for one in violations(page) if not one.startswith(but)] if but else violations(page)
    assert not found, "\n".join([page.url, *found])


def violations(page: Page) -> list[str]:
    """What axe-core finds, a line each.

    The rules are put in by the browser's debugger, which no content security policy binds: the page is looked at under its own.
    """
    if not page.evaluate("() => typeof axe === 'object'"):
        session: CDPSession = page.context.new_cdp_session(page)
        answer: dict[str, Any] = session.send("Runtime.evaluate", {"expression": f"{_source()};undefined"})
        assert "exceptionDetails" not in answer, answer
        session.detach()
    found: list[str] = page.evaluate(_RUN, _RULES)
    return found


@cache
def _source() -> str:
    return AXE.read_text()

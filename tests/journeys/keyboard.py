"""Walks a page with the Tab key alone, as somebody without a mouse does."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_STOPS = 150
# Notes each element that gets the focus, and whether one can see that it has it.
_WATCH = """() => {
  const named = (element) => element.outerHTML.slice(0, 140).replace(/\\s+/g, " ");
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const stops = () => {
    const radios = new Map();
    const kinds = "a[href], button, input, select, textarea, summary, video[controls], [tabindex]";
    return [...document.querySelectorAll(kinds)].filter((element) => {
      if (element.disabled || element.type === "hidden" || element.tabIndex < 0 || !shown(element)) return false;
      if (element.type !== "radio") return true;
      const group = `${element.form?.action} ${[...document.forms].indexOf(element.form)} ${element.name}`;
      const checked = document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`);
      if (radios.has(group) || (checked && checked.form === element.form && checked !== element)) return false;
      return radios.set(group, element);
    });
  };
  // What of an element can change so that its focus is seen; a tile, a label or a field around it may draw the ring for it.
  const around = ({ parentElement: one }) => [one, one?.parentElement, one?.parentElement?.parentElement].filter(Boolean);
  const look = (element) => [element, ...around(element), ...(element.labels ?? [])].flatMap((one) => [null, "::after"].map((part) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one, part);
    return `${outlineStyle === "none" ? "" : outlineWidth} ${boxShadow}`;
  })).join();
  const covered = (element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && (bottom <= 0 || top >= innerHeight);
  };
  const walk = globalThis.walk = { reached: new Set(), wrong: [], first: stops(), stops, named };
  const atRest = new Map(walk.first.map((stop) => [stop, look(stop)]));
  document.addEventListener("focusin", ({ target }) => {
    if (walk.reached.has(target)) return;
    walk.reached.add(target);
    if (atRest.get(target) === look(target)) walk.wrong.push(`no ring: ${named(target)}`);
    if (covered(target)) walk.wrong.push(`out of sight: ${named(target)}`);
  });
  // Fields of times and days have a stop for each of their numbers.
  return walk.first.reduce((count, { type }) => count + (/^(time|date)/.test(type) ? 5 : 1), 0);
}"""
_TELL = """() => {
  // What came or went meanwhile, as buttons do when a camera goes live, may have missed its turn.
  const missed = walk.stops().filter((stop) => walk.first.includes(stop) && !walk.reached.has(stop));
  return [...walk.wrong, ...missed.map((stop) => `not reached: ${walk.named(stop)}`)];
}"""


def unreachable(page: Page) -> list[str]:
    """What cannot be reached by Tab, or does not show that it has the focus; a trap shows by what comes after it."""
    stops: int = page.evaluate(_WATCH)
    if stops > MOST_STOPS:
        return [f"{stops} stops are too many for anybody's fingers"]
    for _ in range(stops + 4):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate(_TELL)
    return found

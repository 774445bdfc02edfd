// The wall of cameras: pages of tiles, live where they are large enough and device and connection bear it, one of them large on a tap.
import { keepAwake } from "./awake.js";
import { keepCards } from "./cards.js";
import { isSaving } from "./data-care.js";
import { interpolate, gettext } from "./words.js";
import "./usage.js";
import { chooseLive, LEAST_WIDTH, liveBudget, pagesOf, sideFor } from "./wall-budget.js";
import { Tile } from "./wall-tile.js";
import { createTour } from "./wall-tour.js";
import { wordsOf } from "./wall-words.js";
import { BUSY } from "./watch-state.js";

const SECONDS = 15; // of a tour for which nobody said another number
const FULL = 30000; // milliseconds for which no further tile is tried once the portal had no room
const LOOK = 10000;
const ANSWER = 30000; // milliseconds for which a tile waits to hear who may look now

const frame = document.querySelector("#dinding");
const list = frame.querySelector(".wall");
const part = (name) => frame.querySelector(`[data-part="${name}"]`);
const awake = keepAwake();
const tour = createTour({ seconds: Number(frame.dataset.seconds) || SECONDS, onTurn: () => turn(1) });
const health = JSON.parse(document.querySelector("#kesehatan").textContent);
const tiles = [...(list?.children ?? [])].map((element, order) => new Tile(element, order, health[element.dataset.id], { onChange: heard }));
const tileOf = (id) => tiles.find((tile) => tile.id === id && !tile.gone);

let wished = Number(frame.dataset.side);
let page = 0;
let chosen = null;
let fullUntil = 0;
let due = null;

function budget() {
  const network = navigator.connection;
  return liveBudget({
    cores: navigator.hardwareConcurrency,
    memory: navigator.deviceMemory,
    protocol: performance.getEntriesByType("navigation")[0]?.nextHopProtocol,
    saving: isSaving() || Boolean(network?.saveData),
    effectiveType: network?.effectiveType,
    downlink: network?.downlink,
    width: innerWidth,
  });
}

// Who is live follows from what is true now. Put off to the next frame, since much may change at once.
function soon() {
  due ??= requestAnimationFrame(() => {
    due = null;
    settle();
  });
}

function settle() {
  tiles.forEach((tile) => tile.measure());
  const bears = budget();
  const now = Date.now();
  const facts = tiles.map((tile) => tile.facts());
  const live = new Set(chooseLive(facts, { most: bears.most, now, full: now < fullUntil }));
  // First the ones that end: their room is for the others.
  tiles.filter((tile) => !live.has(tile.id)).forEach((tile) => tile.beLive(false));
  tiles.filter((tile) => live.has(tile.id)).forEach((tile) => tile.beLive(true));
  say(wordsOf({ bears, live: live.size, large: facts.filter((one) => one.onScreen && one.may && one.width >= LEAST_WIDTH).length, chosen }));
}

function say(text) {
  const words = part("word");
  if (words.textContent !== text) words.textContent = text;
  words.hidden = !text;
}

function heard(tile, name) {
  if (name === BUSY && !tile.chosen) fullUntil = Date.now() + FULL;
  soon();
}

function arrange() {
  const side = sideFor(wished, { width: frame.clientWidth, cameras: tiles.length });
  const pages = pagesOf(tiles.length, side);
  page = Math.min(page, pages - 1);
  list.dataset.side = side;
  tiles.forEach((tile, order) => {
    tile.element.hidden = Math.floor(order / (side * side)) !== page;
  });
  part("tools").hidden = pages < 2;
  part("page").textContent = interpolate(gettext("%(page)s dari %(pages)s"), { page: page + 1, pages });
  offerSides(side);
  soon();
}

function offerSides(side) {
  const select = part("side");
  const most = sideFor(6, { width: frame.clientWidth, cameras: tiles.length });
  const sides = Array.from({ length: most }, (nothing, n) => n + 1);
  if (select.options.length !== most) {
    select.replaceChildren(...sides.map((n) => new Option(`${n} × ${n}`, n)));
  }
  select.value = side;
  select.closest("label").hidden = most < 2;
}

function turn(by) {
  const pages = pagesOf(tiles.length, Number(list.dataset.side));
  leaveLarge({ focus: false });
  page = (page + by + pages) % pages;
  arrange();
}

function enlarge(tile) {
  leaveLarge({ focus: false });
  chosen = tile;
  tile.chosen = true;
  const tools = document.querySelector("#petak-besar").content.firstElementChild.cloneNode(true);
  tools.querySelector("[data-part=watch]").href = tile.element.querySelector(".tile-name a").href;
  tools.querySelector("[data-part=smaller]").addEventListener("click", () => leaveLarge());
  tile.element.append(tools);
  tile.element.setAttribute("data-chosen", "");
  tools.querySelector("[data-part=smaller]").focus({ preventScroll: true });
  tile.element.scrollIntoView({ block: "nearest" });
  tour.hold(true);
  // One after the other: what was live lets go before this one begins.
  soon();
}

function leaveLarge({ focus = true } = {}) {
  if (!chosen) return;
  const { element } = chosen;
  chosen.chosen = false;
  chosen = null;
  element.removeAttribute("data-chosen");
  element.querySelector(".tile-tools")?.remove();
  if (focus) element.querySelector(".tile-name a")?.focus({ preventScroll: true });
  tour.hold(false);
  soon();
}

function tap(event) {
  const tile = tiles.find(({ element }) => element.contains(event.target));
  if (!tile || tile.gone || tile.chosen || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  enlarge(tile);
}

function showTour() {
  part("tour").setAttribute("aria-pressed", tour.isOn());
  awake.want(tour.isOn() || Boolean(document.fullscreenElement));
}

function useTools() {
  const byHand = (by) => {
    turn(by);
    tour.again();
  };
  frame.querySelectorAll(".scripted").forEach((tool) => tool.removeAttribute("hidden"));
  part("before").addEventListener("click", () => byHand(-1));
  part("after").addEventListener("click", () => byHand(1));
  part("tour").addEventListener("click", () => {
    tour.turnOn(!tour.isOn());
    showTour();
  });
  part("side").addEventListener("change", ({ target }) => {
    wished = Number(target.value);
    page = 0;
    arrange();
  });
  part("full").hidden = !frame.requestFullscreen;
  part("full").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen()));
  document.addEventListener("fullscreenchange", showTour);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
    if (event.key === "Escape") leaveLarge();
    else if (event.key === "ArrowLeft" && !part("tools").hidden) byHand(-1);
    else if (event.key === "ArrowRight" && !part("tools").hidden) byHand(1);
  });
}

function watchScreen() {
  const observer = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) tiles.find(({ element }) => element === target).onScreen = isIntersecting;
    soon();
  }, { threshold: 0.5 });
  tiles.forEach(({ element }) => observer.observe(element));
  new ResizeObserver(() => arrange()).observe(frame);
  document.addEventListener("hemat", soon);
  document.addEventListener("masuk", () => {
    tiles.forEach((tile) => { tile.restsUntil = 0; });
    soon();
  });
  navigator.connection?.addEventListener?.("change", soon);
  // Tiles that rested may try again.
  setInterval(() => document.visibilityState === "visible" && soon(), LOOK);
}

function begin() {
  frame.setAttribute("data-paged", "");
  list.addEventListener("click", tap);
  useTools();
  keepCards({
    onHealth: (news) => {
      tileOf(news.id)?.tell({ type: "health", health: news });
      soon();
    },
    onAccess: (id) => {
      const tile = tileOf(id);
      if (!tile) return;
      tile.rest();
      tile.restsUntil = Date.now() + ANSWER; // by then the portal has answered, or nobody heard the question
    },
    onCamera: (camera) => {
      const tile = tileOf(camera.id);
      if (!tile) return;
      tile.restsUntil = 0;
      tile.element.querySelector("[data-part=mark]").hidden = camera.visibility === "publik";
      soon();
    },
    onGone: (id) => {
      const tile = tileOf(id);
      if (tile === chosen) leaveLarge({ focus: false });
      tile?.leave();
      soon();
    },
  });
  watchScreen();
  arrange();
  if (Number(frame.dataset.seconds) && !part("tools").hidden) tour.turnOn(true);
  showTour();
}

if (list) begin();

// The public map: rings and cameras over the city, and the list that says the same. What is not needed to see it, the card, the search,
// the socket, comes after the first picture (map-late.js).
import { keep, read, write } from "./map-address.js";
import { MapData } from "./map-data.js";
import { Filters } from "./map-filters.js";
import { MapList } from "./map-list.js";
import { inView, paintScene, under } from "./map-scene.js";
import { createCityMap } from "./map-view.js";

const root = document.querySelector("#peta");
const panel = document.querySelector("#panel");
const wide = matchMedia("(min-width: 760px)");
const EMPTY = { clusters: [], cameras: [] };
const PATIENCE = 500; // ms
const WHOLE_CITY = 11; // the zoom of the list that stands alone

const page = { root, city: null, chosen: [], pinned: null, me: null, drawMe: null, seen: EMPTY };
let late = null; // the promise of map-late.js

page.say = (text) => {
  const note = document.querySelector("#pesan-peta");
  note.hidden = !text;
  note.querySelector("span").textContent = text;
};

page.data = new MapData(root.dataset.cameras, {
  onChange: () => page.render(),
  onTrouble: (problem) => page.say(problem?.detail ?? ""),
});
page.filters = new Filters(() => {
  page.data.setFilters(page.filters.now);
  page.remember(true);
});
page.list = new MapList({
  onCamera: ({ id }, element) => {
    if (!page.city) return false;
    // On a phone the list would cover what was chosen.
    panel.open &&= wide.matches;
    page.choose([id], { from: panel.open ? element : panel.querySelector("summary") });
    return true;
  },
  onCluster: (cluster) => page.city && (page.enter(cluster), page.list.focus(), true),
});

page.later = () => (late ??= import("./map-late.js").then(({ begin }) => begin(page)));
page.choose = async (ids, options) => (await page.later()).choose(ids, options);

page.render = () => {
  const answer = page.data.answer ?? EMPTY;
  page.seen = page.city ? inView(page.city.map, answer) : answer;
  page.list.show(page.seen);
  page.city?.redraw();
};

page.remember = (push = false) => page.city && keep(write({ map: page.city.map, ...page.filters.now, camera: page.chosen[0] }), push);

// Into a ring: to where its cameras stand apart.
page.enter = ({ id, lat, lon }) => {
  const { map, boundaries } = page.city;
  const zoom = page.data.answer.zooms[1] + 1;
  const inside = boundaries?.places.filter(({ code, extent }) => extent && (code === id || code.startsWith(`${id}.`))) ?? [];
  if (!inside.length) return map.setView([lat, lon], zoom);
  const [south, west, north, east] = [0, 1, 2, 3].map((side) => Math[side < 2 ? "min" : "max"](...inside.map(({ extent }) => extent[side])));
  const box = page.city.L.latLngBounds([south, west], [north, east]);
  if (map.getBoundsZoom(box) >= zoom) map.fitBounds(box);
  else map.setView([lat, lon], zoom);
};

function look() {
  const { map } = page.city;
  const box = map.getBounds();
  page.data.show(map.getZoom(), [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]);
}

async function tap({ containerPoint, latlng }) {
  const { cluster, ids } = under(page.city.map, containerPoint, page.seen);
  if (cluster) return page.enter(cluster);
  if (ids) return page.choose(ids);
  (await page.later()).place(page.city.boundaries?.at(latlng.lat, latlng.lng) ?? null);
}

function hover(map) {
  const name = document.querySelector("#nama-tempat");
  let due = 0;
  const show = ({ containerPoint, latlng }) => {
    due = 0;
    const { cluster, ids } = under(map, containerPoint, page.seen);
    const place = cluster || ids ? null : page.city.boundaries?.at(latlng.lat, latlng.lng);
    root.classList.toggle("over-mark", Boolean(cluster || ids));
    page.city.light([page.pinned, place]);
    name.textContent = place?.name ?? "";
    name.hidden = !place;
  };
  map.on("mousemove", (event) => (due ||= requestAnimationFrame(() => show(event))));
  map.on("mouseout", () => {
    name.hidden = true;
    page.city.light([page.pinned]);
  });
}

// The place in the middle of the map, by name: what the boundaries show to those who see them.
function middle(map) {
  const { lat, lng } = map.getCenter();
  const place = page.city.boundaries?.at(lat, lng);
  const link = document.querySelector("#di-tengah a");
  link.parentElement.hidden = !place;
  if (place) Object.assign(link, { href: place.url, textContent: place.name });
}

function goTo({ view, statuses, categories, camera }) {
  page.filters.set({ statuses, categories });
  page.data.filters = page.filters.now;
  page.chosen = camera ? [camera] : []; // before the map moves and writes the address anew
  if (view) page.city.map.setView([view.lat, view.lon], view.zoom, { animate: false });
  else look();
  if (camera) page.choose([camera], { known: true, centre: !view });
  else page.later().then((more) => more.close());
}

function react(map) {
  map.on("moveend", () => {
    look();
    page.render();
    page.remember();
    middle(map);
  });
  map.on("click", tap);
  hover(map);
  addEventListener("popstate", () => goTo(read()));
}

function withMap(linked) {
  const city = (page.city = createCityMap(root, {
    paint: (frame, inks) => {
      const taken = paintScene(frame, page.data.answer ?? EMPTY, inks, page.chosen);
      if (page.me && page.drawMe) page.drawMe(frame, page.me, inks);
      return taken;
    },
  }));
  if (linked.view) city.map.setView([linked.view.lat, linked.view.lon], linked.view.zoom, { animate: false });
  react(city.map);
}

// The city as a whole, unless a link says otherwise. The first picture waits a little for the boundaries, so that it is drawn once.
async function open(linked) {
  const { city } = page;
  const loading = city.loadBoundaries();
  await Promise.race([loading, pause(PATIENCE)]);
  if (city.boundaries?.box && !linked.view && !linked.camera) city.fit(city.boundaries.box, { animate: false });
  else look();
  const boundaries = await loading;
  document.querySelector("#batas-contoh").hidden = !boundaries || boundaries.official;
  middle(city.map);
}

// Without the library the list alone, just as true: places with their numbers, each a link to its page.
function withoutMap() {
  root.hidden = true;
  document.querySelector("#tanpa-peta").hidden = false;
  panel.open = true;
  const [south, west, north, east] = root.dataset.bounds.split(",").map(Number);
  page.data.show(WHOLE_CITY, [west, south, east, north]);
}

// What comes later does not keep the first finger waiting.
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const idle = async () => {
  await pause(PATIENCE);
  await new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done));
};
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

async function start() {
  const linked = read();
  panel.open = wide.matches;
  page.filters.set(linked);
  page.chosen = linked.camera ? [linked.camera] : [];
  page.data.filters = page.filters.now;
  page.data.begin(JSON.parse(document.querySelector("#data-peta").textContent));
  try {
    withMap(linked);
    await open(linked);
    await page.data.ready;
    await painted();
    performance.mark("peta-siap");
    page.city.map.once("move", () => painted().then(() => performance.mark("peta-digeser")));
    root.dataset.ready = "yes";
  } catch {
    page.city = null;
    withoutMap();
    root.dataset.ready = "list";
  }
  if (!linked.camera) await idle();
  await page.later();
  if (linked.camera) page.choose([linked.camera], { known: true, centre: !linked.view });
}

document.querySelector("#pesan-peta button").addEventListener("click", () => page.say(""));
start();

// What the map can do once it is seen: cards, search, "dekat saya", and the socket's news.
import { wishAhead } from "./ahead.js";
import { Card } from "./map-card.js";
import { drawMe, whereAmI } from "./map-near.js";
import { Search } from "./map-search.js";
import { listen } from "./socket.js";
import { gettext } from "./words.js";

const CLOSE = 17; // the zoom at which cameras stand apart

// On a phone the card would lie on the camera that was tapped: the map moves until that is in sight.
function uncover(city, { lat, lon }) {
  const card = document.querySelector("#kartu").getBoundingClientRect();
  const box = city.map.getContainer().getBoundingClientRect();
  const at = city.map.latLngToContainerPoint([lat, lon]);
  const beside = at.x < card.left - box.left - 16 || at.x > card.right - box.left + 16;
  const free = card.top - box.top;
  if (!beside && at.y > free - 24 && at.y < card.bottom - box.top + 24) city.map.panBy([0, Math.round(at.y - Math.max(24, free / 2))]);
}

export function begin(page) {
  const { city, data, list } = page;
  let news = { name: () => {} };
  const card = new Card({
    onShown: (ids) => {
      page.chosen = ids;
      news.name(ids);
      city?.redraw();
    },
    onClose: () => {
      pin(null);
      page.remember();
    },
  });

  function pin(place) {
    page.pinned = place;
    city?.light([place]);
  }

  async function choose(ids, { from = null, known = false, centre = false } = {}) {
    pin(null);
    const shown = await card.show(ids, { from });
    if (!shown) {
      if (shown === null) return; // somebody chose something else meanwhile
      page.chosen = [];
      return page.remember();
    }
    const camera = card.first;
    const at = { lat: camera.latitude, lon: camera.longitude };
    if (centre) city.map.setView([at.lat, at.lon], CLOSE, { animate: false });
    uncover(city, at);
    page.remember(!known);
  }

  // A tap beside all cameras: closes the card, or opens that of the place.
  function place(found) {
    if (card.open) close();
    else if (found) {
      pin(found);
      card.showPlace(found);
    }
  }

  function close() {
    card.close();
    page.chosen = [];
    pin(null);
    page.remember();
  }

  async function goTo({ kind, id, url, lat, lon, bbox }, field) {
    if (!city) return void (location.href = url);
    if (kind === "camera") {
      if (lat !== null) city.map.setView([lat, lon], CLOSE, { animate: false });
      return choose([id], { from: field });
    }
    const known = city.boundaries?.byCode.get(id);
    if (bbox) city.fit([bbox[1], bbox[0], bbox[3], bbox[2]], { maxZoom: CLOSE + 1 });
    else if (known?.extent) city.fit(known.extent);
    else if (lat !== null) city.map.setView([lat, lon], CLOSE);
    else return void (location.href = url);
    card.close();
    pin(known ?? null);
    page.remember(true);
    list.focus();
  }

  async function near(button) {
    button.disabled = true;
    page.say(gettext("Mencari tempat Anda…"));
    const found = await whereAmI();
    button.disabled = false;
    if (found.words) return page.say(found.words);
    const [south, west, north, east] = city.boundaries?.box ?? page.root.dataset.bounds.split(",").map(Number);
    if (found.lat < south || found.lat > north || found.lon < west || found.lon > east) return page.say(gettext("Anda sedang di luar kota ini; peta tetap di sini."));
    page.say("");
    Object.assign(page, { me: found, drawMe });
    city.map.setView([found.lat, found.lon], CLOSE, { animate: false });
    page.remember(true);
  }

  data.onHealth = (cameras) => card.heard(cameras);
  data.onAccess = (id) => {
    card.askAnew(id);
    data.refresh();
  };
  news = data.hear(listen);
  new Search(page.root.dataset.search, goTo);
  wishAhead();
  page.root.addEventListener("keydown", ({ key }) => key === "Escape" && card.open && close());
  const button = document.querySelector("#dekat");
  button.hidden = !city;
  button.addEventListener("click", () => near(button));
  return { choose, place, close };
}

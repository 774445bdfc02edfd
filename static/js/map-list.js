// The same cameras in words: the list of what is in view, and the card of the camera that was tapped.
import { ask, cameraPath } from "./api.js";
import { showStatus, STATUS_WORDS } from "./cards.js";
import { keepStills } from "./stills.js";

const MOST = 40;
const fromTemplate = (id) => document.querySelector(id).content.firstElementChild.cloneNode(true);
const addressOf = (id) => `/kamera/${encodeURIComponent(id)}/`;

function entry({ properties: { id, name, place, status, watchable } }) {
  const item = fromTemplate("#baris-kamera");
  const link = item.querySelector("a");
  item.dataset.status = status;
  link.href = addressOf(id);
  item.querySelector("[data-part=name]").textContent = name;
  item.querySelector("[data-part=place]").textContent = place;
  item.querySelector("[data-part=status]").textContent = watchable ? STATUS_WORDS[status] : "Disembunyikan";
  return item;
}

// What is in view, the nearest to its middle first; without a map (no WebGL) every camera there is.
function inView(map, features) {
  if (!map) return [...features.values()];
  const [bounds, centre] = [map.getBounds(), map.getCenter()];
  const far = ({ geometry: { coordinates: [lng, lat] } }) => (lng - centre.lng) ** 2 + (lat - centre.lat) ** 2;
  return [...features.values()].filter(({ geometry }) => bounds.contains(geometry.coordinates)).sort((a, b) => far(a) - far(b));
}

export function showList(map, features) {
  const seen = inView(map, features);
  const n = { online: 0, offline: 0, unknown: 0 };
  seen.forEach(({ properties: { status } }) => n[status]++);
  for (const part of document.querySelectorAll("#keadaan [data-count]")) part.querySelector("b").textContent = n[part.dataset.count];
  document.querySelector("#ringkasan").textContent = seen.length ? `${seen.length} kamera${map ? " di layar" : ""}` : "Tidak ada kamera di layar ini";
  document.querySelector("#daftar").replaceChildren(...seen.slice(0, MOST).map(entry));
  document.querySelector("#sisa").textContent = seen.length > MOST ? `dan ${seen.length - MOST} lagi${map ? ". Perbesar peta untuk melihatnya." : "; lihat daftar wilayah."}` : "";
}

async function card(id) {
  const element = fromTemplate("#kartu-kamera");
  const camera = await ask(cameraPath(id));
  element.dataset.camera = id;
  element.querySelector("[data-part=name]").textContent = camera.name;
  element.querySelector("[data-part=place]").textContent = camera.place;
  showStatus(element, camera);
  const link = element.querySelector("a");
  link.href = camera.url;
  link.textContent = camera.watchable ? "Tonton" : "Lihat keterangan";
  element.querySelector("[data-part=closed]").hidden = camera.watchable;
  element.querySelector("figure").dataset.still = id;
  element.toggleAttribute("data-closed", !camera.watchable);
  return element;
}

export function createSheet() {
  const sheet = document.querySelector("#kartu");
  const body = sheet.querySelector("[data-part=cards]");
  const shown = new Set();

  async function show(ids) {
    const cards = (await Promise.allSettled(ids.slice(0, 8).map(card))).flatMap(({ value }) => value ?? []);
    shown.clear();
    cards.forEach((one) => shown.add(one.dataset.camera));
    body.replaceChildren(...cards);
    keepStills(body);
    sheet.hidden = !cards.length;
    return cards.length ? sheet.getBoundingClientRect() : null;
  }
  const close = () => show([]);

  sheet.querySelector("[data-part=close]").addEventListener("click", close);
  addEventListener("keydown", ({ key }) => key === "Escape" && close());
  return {
    show, close,
    // Cameras on open cards that changed are asked for again; those that are gone take their card with them.
    refresh(changed) {
      if (changed.some((id) => shown.has(id))) show([...shown]);
    },
  };
}

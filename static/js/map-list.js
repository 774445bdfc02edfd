// The same as the map in words: rings as places with their numbers, cameras as rows. What is drawn is listed, and nothing else.
import { short } from "./map-marks.js";
import { gettext, interpolate, ngettext } from "./words.js";

const MOST = 60;
const PATIENCE = 1200; // ms of rest before somebody who listens is told what is on the screen now

const part = (element, name) => element.querySelector(`[data-part="${name}"]`);
const copyOf = (id) => document.querySelector(id).content.firstElementChild.cloneNode(true);
const numbers = new Intl.NumberFormat(document.documentElement.lang || "id");

const statusWords = Object.fromEntries([...document.querySelectorAll("input[data-filter=statuses]")].map((box) => [box.value, box.dataset.word]));

function tallyOf({ clusters, cameras }) {
  const tally = { online: 0, offline: 0, unknown: 0 };
  for (const cluster of clusters) for (const status of Object.keys(tally)) tally[status] += cluster[status];
  for (const { status } of cameras) tally[status] += 1;
  return tally;
}

// "9 menyala, 2 mati": only what is there.
function tallyWords(tally) {
  const parts = Object.keys(statusWords).filter((status) => tally[status] > 0);
  return parts.map((status) => `${numbers.format(tally[status])} ${statusWords[status].toLowerCase()}`).join(", ");
}

const count = (n) => interpolate(ngettext("%(n)s kamera", "%(n)s kamera", n), { n: numbers.format(n) });
const sum = (tally) => Object.values(tally).reduce((a, b) => a + b, 0);

function fillCamera(row, { name, place, status, watchable }) {
  row.dataset.status = status;
  part(row, "name").textContent = name;
  part(row, "place").textContent = place;
  part(row, "status").textContent = watchable ? statusWords[status] : gettext("Disembunyikan");
}

function fillCluster(row, cluster) {
  const tally = { online: cluster.online, offline: cluster.offline, unknown: cluster.unknown };
  part(row, "count").textContent = short(sum(tally));
  part(row, "name").textContent = cluster.name;
  part(row, "place").textContent = `${count(sum(tally))}: ${tallyWords(tally)}`;
}

export class MapList {
  #rows = new Map();
  #told = "";
  #timer = null;

  // `onCamera(id, element)` and `onCluster(cluster)` are called when somebody chooses a row.
  constructor({ onCamera, onCluster }) {
    Object.assign(this, { onCamera, onCluster });
    this.list = document.querySelector("#daftar");
    this.summary = document.querySelector("#ringkasan");
    this.rest = document.querySelector("#sisa");
    this.said = document.querySelector("#terdengar");
  }

  show({ clusters, cameras }) {
    const entries = [...clusters.map((one) => [`c ${one.id}`, one, true]), ...cameras.map((one) => [`k ${one.id}`, one, false])];
    const shown = entries.slice(0, MOST).map(([key, one, many]) => this.#row(key, one, many));
    this.#rows = new Map(shown.map((row) => [row.dataset.key, row]));
    this.#put(shown);
    const tally = tallyOf({ clusters, cameras });
    const total = sum(tally);
    this.summary.textContent = total ? interpolate(gettext("%(cameras)s di layar"), { cameras: count(total) }) : gettext("Tidak ada kamera di layar ini");
    for (const one of document.querySelectorAll("[data-count]")) one.querySelector("b").textContent = numbers.format(tally[one.dataset.count]);
    const more = entries.length - shown.length;
    this.rest.textContent = more > 0 ? interpolate(gettext("dan %(n)s lagi. Perbesar peta untuk melihatnya."), { n: more }) : "";
    this.#tell(total ? `${this.summary.textContent}: ${tallyWords(tally)}` : this.summary.textContent);
  }

  // After a row was chosen whose place the map then opened: the keyboard goes on at the new rows.
  focus() {
    this.list.focus({ preventScroll: true });
    this.list.scrollIntoView({ block: "nearest" });
  }

  #row(key, one, many) {
    const row = this.#rows.get(key) ?? copyOf(many ? "#baris-tempat" : "#baris-kamera");
    row.dataset.key = key;
    (many ? fillCluster : fillCamera)(row, one);
    row.firstElementChild.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (many ? this.onCluster(one) : this.onCamera(one, event.currentTarget)) event.preventDefault();
    };
    row.firstElementChild.href = many ? one.url : `/kamera/${encodeURIComponent(one.id)}/`;
    return row;
  }

  // Rows that stay are not moved, so that the focus stays with them.
  #put(rows) {
    const wanted = new Set(rows);
    for (const old of [...this.list.children]) if (!wanted.has(old)) old.remove();
    rows.forEach((row, index) => {
      if (this.list.children[index] !== row) this.list.insertBefore(row, this.list.children[index] ?? null);
    });
  }

  #tell(text) {
    clearTimeout(this.#timer);
    if (text.split(":")[0] === this.#told.split(":")[0]) return; // the same number of cameras: a status that changes is no news here
    this.#timer = setTimeout(() => {
      this.#told = text;
      this.said.textContent = text;
    }, PATIENCE);
  }
}

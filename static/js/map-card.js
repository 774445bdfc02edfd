// The card over the map: the cameras that were tapped, or the place.
import { ask, cameraPath } from "./api.js";
import { showStatus } from "./cards.js";
import { forgetStills, keepStills, openStills } from "./stills.js";
import { keepFresh } from "./time.js";
import { gettext, interpolate } from "./words.js";

const MOST = 8; // cameras on one pole
const copyOf = (id) => document.querySelector(id).content.firstElementChild.cloneNode(true);
const part = (element, name) => element.querySelector(`[data-part="${name}"]`);

function fill(element, camera) {
  part(element, "name").textContent = camera.name;
  part(element, "place").textContent = camera.place;
  showStatus(element, camera);
  const link = element.querySelector("a.button");
  link.href = camera.url;
  link.textContent = camera.watchable ? gettext("Tonton") : gettext("Lihat keterangan");
  part(element, "closed").hidden = camera.watchable;
  const share = element.querySelector("[data-share]");
  share.dataset.share = camera.url;
  share.dataset.title = camera.name;
  element.toggleAttribute("data-closed", !camera.watchable);
}

async function card(id) {
  const camera = await ask(cameraPath(id));
  const element = copyOf("#kartu-kamera");
  element.dataset.camera = id;
  element.querySelector("figure").dataset.still = id;
  fill(element, camera);
  return { element, camera };
}

export class Card {
  first = null; // the first camera shown, as the API tells it
  #cameras = [];
  #turn = 0;
  #back = null;

  // `onClose()` is called when somebody closed it; `onShown(ids)` when other cameras are shown (none: a place, or nothing).
  constructor({ onClose, onShown }) {
    Object.assign(this, { onClose, onShown });
    this.sheet = document.querySelector("#kartu");
    this.body = part(this.sheet, "cards");
    part(this.sheet, "close").addEventListener("click", () => this.#dismiss());
    this.sheet.addEventListener("keydown", ({ key }) => key === "Escape" && this.#dismiss());
    keepFresh();
  }

  get open() {
    return !this.sheet.hidden;
  }

  // True once the cards are there, false where there are none, null where others were asked for meanwhile. `from`: where the keyboard
  // goes back to; with it the focus moves into the card.
  async show(ids, { from = null } = {}) {
    const turn = ++this.#turn;
    const found = await Promise.allSettled(ids.slice(0, MOST).map(card));
    if (turn !== this.#turn) return null;
    const cards = found.flatMap(({ value }) => value ?? []);
    this.first = cards[0]?.camera ?? null;
    if (!cards.length) {
      const why = found[0]?.reason;
      return this.#says(why?.status === 404 ? gettext("Kamera ini tidak ada, atau tidak untuk Anda.") : why?.detail ?? "");
    }
    this.#put(cards.map(({ element }) => element), ids, from);
    keepStills(this.body);
    return true;
  }

  showPlace(place, { from = null } = {}) {
    this.#turn++;
    const element = copyOf("#kartu-tempat");
    part(element, "name").textContent = place.name;
    part(element, "place").textContent = place.kecamatan ? interpolate(gettext("Kelurahan, Kec. %(name)s"), { name: place.kecamatan }) : "";
    element.querySelector("a.button").href = place.url;
    this.#put([element], [], from);
  }

  close() {
    this.#turn++;
    if (this.sheet.hidden) return;
    this.sheet.hidden = true;
    this.body.replaceChildren();
    this.#cameras = [];
    this.onShown([]);
  }

  heard(all) {
    for (const health of all) {
      const element = this.#of(health.id);
      if (element) showStatus(element, health);
    }
  }

  // Somebody switched who may look: what is shown is gone until the portal has said what holds now.
  async askAnew(id) {
    const element = this.#of(id);
    if (!element) return;
    forgetStills(id);
    try {
      const camera = await ask(cameraPath(id));
      openStills(id, camera.watchable);
      fill(element, camera);
    } catch (refusal) {
      if (refusal.status !== 404) return;
      openStills(id, false);
      element.remove();
      if (!this.body.children.length) this.close();
    }
  }

  #of = (id) => this.body.querySelector(`[data-camera="${CSS.escape(id)}"]`);

  #put(elements, ids, from) {
    this.#back = from;
    this.body.replaceChildren(...elements);
    this.sheet.hidden = false;
    this.sheet.scrollTop = 0;
    if (from) this.sheet.focus({ preventScroll: true });
    if (String(ids) !== String(this.#cameras)) this.onShown(ids);
    this.#cameras = ids;
  }

  #says(text) {
    const words = Object.assign(document.createElement("p"), { className: "card", textContent: text });
    this.#put([words], [], null);
    return false;
  }

  #dismiss() {
    this.close();
    if (this.#back?.isConnected) this.#back.focus({ preventScroll: true });
    this.onClose();
  }
}

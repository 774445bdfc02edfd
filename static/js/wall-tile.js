// One tile of the wall: its still, and, while the wall says so, its live picture over it.
import { createLive } from "./live.js";
import { gettext } from "./words.js";
import { BUSY, LIVE, UNAVAILABLE } from "./watch-state.js";

const REST = 30000; // milliseconds for which a tile for which the portal had no room leaves it alone
const LARGE = 400; // CSS pixels from which the small still shows its corners

export class Tile {
  #live = null;
  #parts = null;

  constructor(element, order, health, { onChange }) {
    this.element = element;
    this.order = order;
    this.id = element.dataset.id;
    this.health = health;
    this.onChange = onChange;
    this.gone = element.hasAttribute("data-gone");
    this.onScreen = false;
    this.chosen = false;
    this.restsUntil = 0;
    element.addEventListener("keadaan", ({ detail }) => this.#heard(detail));
  }

  // What wall-budget.js wants to know of it.
  facts() {
    const { id, order, onScreen, chosen, restsUntil } = this;
    return { id, order, onScreen, chosen, restsUntil, width: this.element.clientWidth, may: this.#may(), live: this.#live !== null };
  }

  get moves() {
    return this.#live !== null && this.element.dataset.state === LIVE;
  }

  // Follows the wall's choice.
  beLive(wanted) {
    if (wanted && this.#live === null) this.#begin();
    else if (!wanted && this.#live !== null) this.rest();
  }

  rest() {
    const live = this.#live;
    this.#live = null;
    live?.end();
    this.#parts?.remove();
    this.#parts = null;
    delete this.element.dataset.state;
    this.element.removeAttribute("data-busy");
  }

  tell(event) {
    if (event.type === "health") this.health = event.health;
    this.#live?.tell(event);
  }

  // This person may no longer know of the camera: nothing of it stays, its name neither.
  leave() {
    this.rest();
    this.gone = true;
    const words = document.createElement("p");
    words.className = "tile-gone";
    words.textContent = gettext("Kamera ini tidak lagi dibuka untuk Anda.");
    this.element.replaceChildren(words);
    for (const name of ["data-id", "data-camera", "data-status"]) this.element.removeAttribute(name);
    this.element.setAttribute("data-gone", "");
  }

  measure() {
    const still = this.element.querySelector(".still");
    if (still) still.dataset.size = this.element.clientWidth > LARGE ? "large" : "small";
  }

  #may() {
    // One that somebody chose is tried also while it is said to be dead: its page would do so too.
    return !this.gone && !this.element.hasAttribute("data-closed") && (this.chosen || this.health?.status !== "offline");
  }

  #begin() {
    this.#say("");
    const template = document.querySelector("#petak-langsung");
    this.#parts = template.content.firstElementChild.cloneNode(true);
    this.element.querySelector(".still").after(this.#parts);
    this.#live = createLive(this.element, { health: this.health });
  }

  // Of a tile that nobody chose, a trouble of the portal ends the trial: the still is there, and says why it stands still.
  #heard(name) {
    if (!this.chosen && (name === BUSY || name === UNAVAILABLE)) {
      this.restsUntil = Date.now() + REST;
      this.rest();
      this.#say(name === BUSY ? gettext("Sedang penuh: gambar diam dulu") : gettext("Gambar langsung sedang tidak tersedia"));
    }
    this.onChange(this, name);
  }

  #say(text) {
    const words = this.element.querySelector("[data-part=rest]");
    words.textContent = text;
    words.hidden = !text;
  }
}

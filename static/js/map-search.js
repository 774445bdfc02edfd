// The search box over the map: a combobox. Arrow keys choose among the results, Enter goes there, Escape closes them. Without this script
// the same form opens the page of results.
import { ask } from "./api.js";
import { gettext, interpolate, ngettext } from "./words.js";

const PAUSE = 180; // ms after the last letter

export class Search {
  #results = [];
  #active = -1;
  #turn = 0;
  #timer = null;

  // `onChoose(result)` goes there.
  constructor(path, onChoose) {
    Object.assign(this, { path, onChoose });
    this.form = document.querySelector("#pencarian");
    this.field = this.form.querySelector("input");
    this.list = document.querySelector("#hasil-cari");
    this.said = this.form.querySelector("[data-part=said]");
    const own = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "hasil-cari", autocomplete: "off" };
    for (const [name, value] of Object.entries(own)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.#later());
    this.field.addEventListener("focus", () => this.#results.length && this.#open(true));
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", ({ target }) => this.#choose(this.#results[[...this.list.children].indexOf(target.closest("[role=option]"))]));
    this.form.addEventListener("focusout", ({ relatedTarget }) => this.form.contains(relatedTarget) || this.#open(false));
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const turn = ++this.#turn;
    const words = this.field.value.trim();
    if (!words) return this.#show([]);
    try {
      const { results } = await ask(`${this.path}?limit=8&q=${encodeURIComponent(words.slice(0, 100))}`);
      if (turn !== this.#turn) return;
      this.#show(results);
      const found = ngettext("%(n)s hasil. Pilih dengan panah naik dan turun.", "%(n)s hasil. Pilih dengan panah naik dan turun.", results.length);
      this.#say(results.length ? interpolate(found, { n: results.length }) : gettext("Tidak ditemukan. Coba nama kelurahan, atau RT dan RW."), !results.length);
    } catch (problem) {
      if (turn === this.#turn) this.#say(problem.detail, true);
    }
  }

  #say(text, seen) {
    this.said.textContent = text;
    this.said.classList.toggle("unseen", !seen);
  }

  #show(results) {
    this.#results = results;
    this.list.replaceChildren(...results.map((result, index) => this.#option(result, index)));
    this.#mark(-1);
    this.#say("", false);
    this.#open(results.length > 0);
  }

  #option({ title, subtitle, status }, index) {
    const option = document.querySelector("#baris-hasil").content.firstElementChild.cloneNode(true);
    option.id = `hasil-${index}`;
    option.querySelector("[data-part=name]").textContent = title;
    option.querySelector("[data-part=place]").textContent = subtitle;
    if (status) option.dataset.status = status;
    else option.querySelector(".dot").remove();
    return option;
  }

  #open(open) {
    this.list.hidden = !open;
    this.field.setAttribute("aria-expanded", String(open));
    if (!open) this.#mark(-1);
  }

  #mark(index) {
    this.#active = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.list.children[index];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const last = this.#results.length - 1;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      this.#open(true);
      const next = this.#active + (event.key === "ArrowDown" ? 1 : -1);
      this.#mark(next > last ? 0 : next < 0 ? last : next);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault(); // the words stay
      this.#open(false);
    }
  }

  // Enter before the results are there waits for them.
  async #submit(event) {
    event.preventDefault();
    clearTimeout(this.#timer);
    if (this.#active < 0) await this.#look();
    this.#choose(this.#results[Math.max(0, this.#active)]);
  }

  #choose(result) {
    if (!result) return;
    this.field.value = result.title;
    this.#open(false);
    this.onChoose(result, this.field);
  }
}

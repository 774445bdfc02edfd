// The last picture of a camera in a <figure data-still="<id>">: fetched only while it is on screen and the tab is looked at, and
// never shown without its age once it is old. data-size: small | large; data-every: seconds between two questions; data-held: asks
// only when told to (see holdStill).
import { cameraPath } from "./api.js";
import { ago } from "./time.js";

const OLD = 60; // seconds after which a picture is greyed and says its age
const SOON = [2, 2, 4, 8, 15]; // seconds: asking has a newer picture made, which is there a little later

const stills = new Map();

class Still {
  #timer = null;
  #question = null;
  #soon = 0; // questions in a row that brought nothing fresh
  #takenAt = null; // by the phone's clock: what counts is the age that the portal told

  constructor(figure) {
    this.figure = figure;
    this.picture = figure.querySelector("img");
    this.words = figure.querySelector("figcaption");
    this.onScreen = false;
    this.held = figure.hasAttribute("data-held");
    this.wish = true;
  }

  get id() {
    return this.figure.dataset.still;
  }

  // Begins or ends asking, by what is true now.
  settle() {
    const wanted = this.onScreen && !this.held && document.visibilityState === "visible" && !this.figure.hasAttribute("data-closed");
    if (!wanted) this.#rest();
    else if (this.#timer === null && this.#question === null) this.#ask();
  }

  // Nothing of it may be seen any more: not what is shown, nor what is on its way.
  forget() {
    this.#rest();
    this.#takenAt = null;
    this.#soon = 0;
    this.#show(null);
  }

  close(closed) {
    this.figure.toggleAttribute("data-closed", closed);
    if (closed) this.forget();
    this.settle();
  }

  grow() {
    if (this.#takenAt === null) return;
    const taken = new Date(this.#takenAt);
    const old = Date.now() - taken > OLD * 1000;
    this.figure.toggleAttribute("data-old", old);
    this.words.hidden = !old;
    this.words.textContent = old ? `gambar ${ago(taken)}` : "";
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#question?.abort();
    this.#question = null;
  }

  async #ask() {
    const question = (this.#question = new AbortController());
    const { size, every } = this.figure.dataset;
    let next = Number(every);
    try {
      const here = await this.#isHere(); // then only its age is asked for
      if (question.signal.aborted) return;
      const address = `${cameraPath(this.id)}still/?size=${size}${this.wish ? "" : "&wish=false"}`;
      const answer = await fetch(address, {
        method: here ? "HEAD" : "GET",
        headers: { Accept: "image/webp,image/*;q=0.8,application/json" }, credentials: "same-origin", signal: question.signal,
      });
      const age = Number(answer.headers.get("X-Picture-Age"));
      const content = answer.ok ? !here && await answer.blob() : await answer.json().catch(() => ({}));
      if (question.signal.aborted) return;
      if (answer.ok) {
        this.#mark(answer.headers.get("X-Picture-Mark"));
        this.#takenAt = Date.now() - age * 1000;
        this.#show(here ? this.picture.src : URL.createObjectURL(content));
      } else if (here) {
        this.forget();
        return this.settle();
      } else if (answer.status === 403 || (answer.status === 404 && content.code !== "no_picture")) {
        this.#question = null;
        return this.close(true);
      }
      const comes = answer.ok ? age > next : answer.headers.has("Retry-After");
      if (comes && this.wish && this.#soon < SOON.length) next = Math.min(next, SOON[this.#soon++]);
      else this.#soon = comes ? 3 : 0; // in vain so far: from now on more slowly
    } catch {
      if (question.signal.aborted) return;
    }
    this.#question = null;
    // Some jitter, so that the cards of a page do not ask all at once.
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.settle();
    }, next * 1000 * (0.95 + Math.random() / 10));
  }

  // The picture that the page itself came with, loaded by the browser.
  async #isHere() {
    if (!this.picture.src || this.picture.src.startsWith("blob:")) return false;
    await this.picture.decode().catch(() => this.picture.removeAttribute("src"));
    return this.picture.naturalWidth > 0 && this.#takenAt === null;
  }

  // Who looks, and when, over a picture that is not public.
  #mark(text) {
    if (text) this.figure.dataset.mark = decodeURIComponent(text);
    else delete this.figure.dataset.mark;
  }

  #show(address) {
    const before = this.picture.src;
    if (before.startsWith("blob:") && before !== address) URL.revokeObjectURL(before);
    if (address) {
      if (before !== address) this.picture.src = address;
      this.figure.setAttribute("data-shown", "");
      this.grow();
    } else {
      this.picture.removeAttribute("src");
      this.figure.removeAttribute("data-shown");
      this.figure.removeAttribute("data-old");
      this.words.hidden = true;
    }
  }
}

const observer = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const still = stills.get(target);
    if (!still) continue;
    still.onScreen = isIntersecting;
    still.settle();
    if (!target.isConnected) {
      still.forget();
      stills.delete(target);
      observer.unobserve(target);
    }
  }
});
const each = (id, what) => [...stills.values()].filter((still) => still.id === id).forEach(what);
let beat = null;

// Takes charge of every still below `root`.
export function keepStills(root = document) {
  for (const figure of root.querySelectorAll("[data-still]")) {
    if (stills.has(figure)) continue;
    const still = new Still(figure);
    if (figure.closest("[data-closed]")) figure.setAttribute("data-closed", "");
    stills.set(figure, still);
    observer.observe(figure);
  }
  if (beat !== null || !stills.size) return;
  beat = setInterval(() => stills.forEach((still) => still.grow()), 10000);
  document.addEventListener("visibilitychange", () => stills.forEach((still) => still.settle()));
}

// Who may look at this camera has changed: its pictures are gone at once, whatever the answer will be.
export const forgetStills = (id) => each(id, (still) => still.forget());

// What the portal answered since then.
export const openStills = (id, open) => each(id, (still) => still.close(!open));

// For a page that decides itself when a still is asked for. `wish`: whether a newer one may be made for it.
export const holdStills = (id, held, { wish = true } = {}) =>
  each(id, (still) => {
    still.held = held;
    still.wish = wish;
    still.settle();
  });

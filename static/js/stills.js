// The last picture of a camera in a <figure data-still="<id>">: fetched only while it is on screen and the tab is looked at, and
// never shown without its age once it is old. data-size: small | large; data-every: it is not asked for more often than so many
// seconds (pace.js says how often); data-held: asks only when told to (see holdStills).
import { cameraPath } from "./api.js";
import { isSaving } from "./data-care.js";
import { paces } from "./pace.js";
import { isBecauseLoggedOut, isLoggedOut } from "./session.js";
import { ago } from "./time.js";
import { gettext, interpolate } from "./words.js";

const OLD = 60; // seconds after which a picture is greyed and says its age
const SOON = [2, 2, 4, 8, 15]; // seconds: where there is none, or an old one, asking has one made, which is there a little later
const AROUND = 1000; // bytes of a question and its answer beside the picture itself
const TYPICAL = 6000; // bytes, until something is known

const stills = new Map();
const shown = () => [...stills.values()].filter((still) => still.isWanted());

// What all of them may cost together decides how often each is asked for.
function seconds(still) {
  const pace = paces(shown().map((one) => ({ key: one, bytes: one.cost, near: one.distance() })), { saving: isSaving() });
  return Math.max(pace.get(still) ?? 0, Number(still.figure.dataset.every ?? 0));
}

class Still {
  #timer = null;
  #question = null;
  #soon = 0; // questions in a row that brought no new picture
  #takenAt = null; // by the phone's clock: what counts is the age that the portal told
  #tag = ""; // of the picture that is shown
  #askedAt = -Infinity;

  constructor(figure) {
    this.figure = figure;
    this.picture = figure.querySelector("img");
    this.words = figure.querySelector("figcaption");
    this.onScreen = false;
    this.held = figure.hasAttribute("data-held");
    this.wish = true;
    this.cost = TYPICAL + AROUND; // bytes of a question, on the average of the last ones
  }

  get id() {
    return this.figure.dataset.still;
  }

  isWanted() {
    return this.onScreen && !this.held && document.visibilityState === "visible" && !isLoggedOut() && !this.figure.hasAttribute("data-closed");
  }

  // How far from the middle of the screen, in pixels.
  distance() {
    const { top, height, left, width } = this.figure.getBoundingClientRect();
    return Math.hypot(top + height / 2 - innerHeight / 2, left + width / 2 - innerWidth / 2);
  }

  // Begins or ends asking, by what is true now.
  settle() {
    if (!this.isWanted()) this.#rest();
    else if (this.#timer === null && this.#question === null) this.#wait(this.#takenAt === null ? 0 : seconds(this));
  }

  // The pace has changed.
  anew() {
    this.#rest();
    this.settle();
  }

  // Nothing of it may be seen any more: not what is shown, nor what is on its way.
  forget() {
    this.#rest();
    this.#takenAt = null;
    this.#tag = "";
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
    this.words.textContent = old ? interpolate(gettext("gambar %(past)s"), { past: ago(taken) }) : "";
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#question?.abort();
    this.#question = null;
  }

  // Until so many seconds after the last question; with some jitter, so that the cards of a page do not ask all at once.
  #wait(pause) {
    const left = this.#askedAt + pause * 1000 * (0.95 + Math.random() / 10) - performance.now();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.isWanted()) this.#ask();
    }, Math.max(0, left));
  }

  async #ask() {
    const question = (this.#question = new AbortController());
    this.#askedAt = performance.now();
    let pause = null;
    try {
      pause = await this.#answer(question.signal);
    } catch {
      // nobody answered, or nobody wants to know any more
    }
    if (question.signal.aborted) return;
    this.#question = null;
    if (this.isWanted()) this.#wait(pause ?? seconds(this));
  }

  // Asks, and shows what comes; seconds until the next question, or null for the usual ones.
  async #answer(signal) {
    const here = await this.#isHere(); // then only its age is asked for
    if (signal.aborted) return null;
    const size = isSaving() ? "small" : this.figure.dataset.size;
    const headers = { Accept: "image/webp,image/*;q=0.8,application/json" };
    if (this.#tag) headers["If-None-Match"] = this.#tag;
    const address = `${cameraPath(this.id)}still/?size=${size}${this.wish ? "" : "&wish=false"}`;
    const answer = await fetch(address, { method: here ? "HEAD" : "GET", headers, credentials: "same-origin", signal });
    const fresh = answer.ok && !here ? await answer.blob() : null;
    if (signal.aborted) return null;
    this.cost += ((fresh?.size ?? 0) + AROUND - this.cost) / 4;
    if (!answer.ok && answer.status !== 304) return this.#refused(answer, here);
    const age = Number(answer.headers.get("X-Picture-Age"));
    this.#takenAt = Date.now() - age * 1000;
    this.#mark(answer.headers.get("X-Picture-Mark"));
    // The page's own picture was loaded after the page: if the newest one is older than that, it is this one.
    if (!here || this.#takenAt < performance.timeOrigin) this.#tag = answer.headers.get("ETag") ?? "";
    this.#show(fresh ? URL.createObjectURL(fresh) : this.picture.src);
    if (age <= OLD) this.#soon = 0;
    return age > OLD ? this.#sooner() : null;
  }

  async #refused(answer, here) {
    const { code } = await answer.json().catch(() => ({}));
    if (here) {
      this.forget();
      this.settle();
    } else if (answer.status === 403 || (answer.status === 404 && code !== "no_picture")) {
      if (await isBecauseLoggedOut(answer.status)) this.forget();
      else this.close(true);
    }
    return answer.headers.has("Retry-After") ? this.#sooner() : null;
  }

  #sooner() {
    return this.wish && this.#soon < SOON.length ? SOON[this.#soon++] : null;
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
const settleAll = () => stills.forEach((still) => still.settle());
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
  document.addEventListener("visibilitychange", settleAll);
  document.addEventListener("masuk", settleAll);
  document.addEventListener("hemat", () => stills.forEach((still) => still.anew()));
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

// What the map shows: rings and cameras of the view, asked for when the view is no longer covered, kept true by the socket's news.
import { ask } from "./api.js";
import { camerasChanged, placesChanged } from "./map-news.js";

const BOXED = 15; // from this zoom on an answer is of a part of the city
const KEPT = 8; // answers of other views, shown at once on the way back and then asked for anew
const PAUSE = 3000; // between two questions that nobody's finger asked for
const AGAIN = 5000; // after one that nobody answered

const within = ([w, s, e, n], [west, south, east, north]) => w >= west && s >= south && e <= east && n <= north;
const wide = ([w, s, e, n]) => [w - (e - w) / 2, s - (n - s) / 2, e + (e - w) / 2, n + (n - s) / 2];

export class MapData {
  answer = null;
  filters = { statuses: [], categories: [] };
  #kept = [];
  #view = null;
  #turn = 0;
  #timer = null;
  #askedAt = -Infinity;
  #inTrouble = false; // what the page says then is taken back; what others say there stays
  #wished = "";
  #news = null;
  #arrived = () => {};
  ready = new Promise((done) => (this.#arrived = done)); // settled with the first answer, or the first trouble

  // `onChange()`: something else is to be shown; `onTrouble(problem or null)`: an answer did not come, or one did again.
  constructor(path, { onChange, onTrouble }) {
    Object.assign(this, { path, onChange, onTrouble });
  }

  // What the page itself came with.
  begin(answer) {
    this.#keep(answer, this.#key());
  }

  setFilters(filters) {
    this.filters = filters;
    if (this.#view) this.show(...this.#view);
  }

  // The view is now at this zoom and shows this box (west, south, east, north).
  show(zoom, box) {
    this.#view = [Math.round(zoom), box];
    const kept = this.#kept.find((answer) => this.#fits(answer));
    if (kept && kept === this.answer) return;
    if (kept) this.#take(kept);
    if (!kept || kept.old) this.#ask();
  }

  // Begins to listen. The connection tells changes of what is shown only.
  hear(listen) {
    this.#wished = JSON.stringify(this.#wish());
    this.#news = listen({
      view: this.#wish(),
      onPlaces: (changes) => this.#heard(placesChanged, changes),
      onStatus: (cameras) => {
        this.onHealth?.(cameras);
        // Of whole places changes come as numbers; a camera told by name is then only that of an open card.
        this.#heard(camerasChanged, this.answer?.covers ? cameras : cameras.filter(({ id }) => this.answer?.cameras.some((one) => one.id === id)));
      },
      onSnapshot: (cameras) => this.onHealth?.(cameras),
      onAccess: (id) => this.onAccess?.(id),
      onStale: () => this.refresh(),
      onOpen: (open) => open && this.refresh(),
    });
    return this.#news;
  }

  // Asks anew, soon: what is known may no longer be true.
  refresh(pause = PAUSE) {
    this.#kept.forEach((answer) => (answer.old = true));
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (document.visibilityState === "visible" && this.#view) this.#ask();
    }, Math.max(0, this.#askedAt + pause - performance.now()));
  }

  async #ask() {
    const turn = ++this.#turn;
    const [zoom, box] = this.#view;
    const key = this.#key();
    this.#askedAt = performance.now();
    this.#tellWish(zoom < BOXED ? null : wide(box));
    try {
      const answer = await ask(this.#address(zoom, box));
      if (turn !== this.#turn) return;
      if (this.#inTrouble) this.onTrouble(null);
      this.#inTrouble = false;
      this.#take(this.#keep(answer, key));
    } catch (problem) {
      if (turn !== this.#turn) return;
      this.#inTrouble = true;
      this.onTrouble(problem);
      this.#arrived();
      this.refresh((problem.retryAfter ?? 0) * 1000 || AGAIN);
    }
  }

  #address(zoom, box) {
    const fields = [`zoom=${zoom}`];
    if (zoom >= BOXED) fields.push(`bbox=${box.map((degrees) => degrees.toFixed(5)).join(",")}`);
    if (this.filters.statuses.length) fields.push(`status=${this.filters.statuses.join(",")}`);
    if (this.filters.categories.length) fields.push(`category=${this.filters.categories.join(",")}`);
    return `${this.path}?${fields.join("&")}`;
  }

  #key = () => JSON.stringify([this.filters.statuses, this.filters.categories]);

  #fits({ key, zooms, covers }) {
    const [zoom, box] = this.#view;
    return key === this.#key() && zoom >= zooms[0] && zoom <= zooms[1] && (!covers || within(box, covers));
  }

  #keep(answer, key) {
    answer.key = key;
    const same = (one) => one.key === key && one.level === answer.level && String(one.covers) === String(answer.covers);
    this.#kept = [answer, ...this.#kept.filter((one) => !same(one))].slice(0, KEPT);
    return answer;
  }

  #take(answer) {
    // The socket tells changes of the answer that is shown; those put aside grow old.
    if (this.answer && this.answer !== answer) this.answer.old = true;
    this.answer = answer;
    this.#tellWish(answer.covers);
    this.onChange();
    this.#arrived();
  }

  #heard(apply, news) {
    if (!this.answer) return;
    const { changed, stale } = apply(this.answer, news, this.filters);
    if (changed) this.onChange();
    if (stale) this.refresh();
  }

  #wish = (covers = this.answer?.covers) => (covers ? { bbox: covers } : { places: true });

  #tellWish(covers) {
    const wish = this.#wish(covers);
    const said = JSON.stringify(wish);
    if (this.#news && said !== this.#wished) this.#news.wish(wish);
    this.#wished = said;
  }
}

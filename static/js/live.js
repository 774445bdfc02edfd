// One camera's live picture on one stage: asks for the stream, shows it, and always says what is happening. The watch page has one
// as long as it is open; a tile of the wall or a card has one while it shows video, and ends it.
//
// A stage is an element with data-id="<camera>" that holds a <video>, and of these parts (data-part="…") those that it wants:
// title, text, small, countdown, again, play, clock, delay, mark. Its data-state is the name of what it is in (watch-state.js),
// and every change of it is told by a bubbling event "keadaan" with that name.
import { ask, cameraPath, Refusal } from "./api.js";
import { createPlayer, playsBesides } from "./player.js";
import { isBecauseLoggedOut } from "./session.js";
import { isSmall, onLarge } from "./size.js";
import { holdStills } from "./stills.js";
import { clockWithSeconds, dayAndClock } from "./time.js";
import { BUSY, CONNECTING, initial, LIVE, next, PAUSED, SAVED } from "./watch-state.js";
import { wordsFor } from "./watch-words.js";
import { gettext, interpolate, language } from "./words.js";

const TOO_OLD = 15; // seconds

// `health`: what is known of the camera ({ status, since, … }); `first`: gives the answer to a wish that was made before, or null.
export function createLive(stage, { health, watchable = true, why = "", first = async () => null, saving = false }) {
  const { id } = stage.dataset;
  const video = stage.querySelector("video");
  const part = (name) => stage.querySelector(`[data-part="${name}"]`);
  const watchPath = `${cameraPath(id)}watch/`;
  const over = new AbortController();
  const on = (target, type, what) => target?.addEventListener(type, what, { signal: over.signal });
  let behind = 0; // milliseconds by which this phone's clock is behind the portal's: phones' clocks are often wrong
  let state = initial(health, watchable, why, saving);
  let timer = null;
  let dueAt = 0;
  let asking = null;
  let plays = playsBesides();
  let ticket = ""; // the last playlist address: handed back, so that a renewal keeps it while it is good

  const player = createPlayer(video, {
    onPicture: () => state.name === LIVE || tell({ type: "picture" }),
    onTrouble: (reason) => {
      // It said that it plays this, and does not: no picture ever moved.
      if (!state.moving && ["mediaError", "native"].includes(reason)) plays = [];
      tell({ type: "trouble" });
    },
    onBlocked: () => tell({ type: "blocked" }),
  });

  // The one place where the state changes and where its consequences follow.
  function tell(event) {
    if (over.signal.aborted) return;
    const before = state;
    state = next(state, event);
    player.hold(state.url);
    // News of health alone must not push the next renewal away.
    if (event.type !== "health" || before.again !== state.again) plan();
    show();
    // Last: who hears it may end this.
    if (before.name !== state.name) stage.dispatchEvent(new CustomEvent("keadaan", { detail: state.name, bubbles: true }));
  }

  function plan() {
    clearTimeout(timer);
    if (state.again === null) return;
    dueAt = Date.now() + state.again;
    timer = setTimeout(askForStream, state.again);
  }

  async function askForStream() {
    if (state.name === PAUSED) return;
    const mine = (asking = Symbol("question"));
    try {
      const answer = (await first()) ?? (await ask(watchPath, { method: "POST", body: { playlist_url: ticket, plays, small: isSmall(video) } }));
      if (mine !== asking) return;
      ticket = answer.playlist_url;
      behind = Date.parse(answer.now) - Date.now();
      tell({ type: "answer", answer });
    } catch (problem) {
      if (mine !== asking) return;
      let refusal = problem instanceof Refusal ? problem : new Refusal(0, "network", "");
      if (await isBecauseLoggedOut(refusal.status)) refusal = new Refusal(403, "logged_out", gettext("Waktu masuk Anda sudah habis."));
      if (mine !== asking) return;
      tell({ type: "refused", refusal });
    }
  }

  function put(name, text) {
    const element = part(name);
    if (!element) return;
    if (element.textContent !== text) element.textContent = text;
    element.hidden = !text;
  }

  function show() {
    const words = wordsFor(state);
    stage.dataset.state = state.name;
    // The last picture there is, until the video moves. While connecting none is made for it: the stream is to have the camera.
    holdStills(id, ![CONNECTING, BUSY, SAVED].includes(state.name), { wish: state.name !== CONNECTING });
    stage.toggleAttribute("data-busy", Boolean(words.busy));
    put("title", words.title);
    put("text", words.text ?? "");
    put("small", words.small ?? "");
    part("again")?.toggleAttribute("hidden", !words.again);
    part("play")?.toggleAttribute("hidden", !words.play);
    tick();
  }

  function tick() {
    const left = Math.ceil((dueAt - Date.now()) / 1000);
    put("countdown", wordsFor(state).countdown && left > 0 ? interpolate(gettext("Dicoba lagi sendiri dalam %(n)s detik."), { n: left }) : "");
    if (state.name !== LIVE) return;
    const mark = part("mark")?.dataset;
    const marked = mark?.mark.replace(/ · [\d.]+ [\d.]+/, ` · ${dayAndClock(new Date(Date.now() + behind))}`);
    if (marked !== mark?.mark) mark.mark = marked;
    const time = player.pictureTime();
    put("clock", time ? clockWithSeconds(time) : "");
    const byClock = time ? (Date.now() + behind - time) / 1000 : -1;
    // An old picture is not live, however smoothly it moves.
    if (byClock > TOO_OLD) return tell({ type: "trouble" });
    const delay = byClock >= 0 ? byClock : player.delay();
    put("delay", delay === null ? "" : interpolate(gettext("%(n)s dtk lalu"), { n: delay.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) }));
  }

  function goodbye() {
    asking = null;
    if (ticket) ask(watchPath, { method: "DELETE", keepalive: true, body: { playlist_url: ticket } }).catch(() => {});
  }

  function leave() {
    if (state.name === PAUSED) return;
    tell({ type: "leave" });
    goodbye();
  }

  function back() {
    if (document.visibilityState === "visible" && state.name === PAUSED) tell({ type: "back" });
  }

  on(part("again"), "click", () => tell({ type: "retry" }));
  on(part("play"), "click", () => (state.name === SAVED ? tell({ type: "retry" }) : player.play()));
  on(document, "visibilitychange", () => (document.visibilityState === "hidden" ? leave() : back()));
  on(window, "pagehide", leave);
  on(window, "pageshow", back);
  on(document, "hemat", ({ detail }) => {
    tell({ type: "save", saving: detail });
    if (detail) goodbye();
  });
  on(window, "online", () => tell({ type: "online" }));
  onLarge(video, () => state.url !== null && askForStream(), over.signal);
  const beat = setInterval(tick, 500);

  show();
  if (document.visibilityState === "hidden") leave();
  else plan();

  return {
    tell,
    // Lets go of everything, for good. The still takes its place again.
    end() {
      if (over.signal.aborted) return;
      over.abort();
      clearTimeout(timer);
      clearInterval(beat);
      player.end();
      if (state.name !== PAUSED) goodbye();
      holdStills(id, false);
    },
  };
}

// The watch page: asks for the stream, shows it, and always says what is happening.
import { ask, cameraPath, Refusal } from "./api.js";
import { keepCards } from "./cards.js";
import { createPlayer, playsBesides } from "./player.js";
import { isSmall, onLarge } from "./size.js";
import { clockWithSeconds, dayAndClock } from "./time.js";
import { holdStills } from "./stills.js";
import { showVisibility, useSwitches } from "./visibility.js";
import { BUSY, CONNECTING, initial, LIVE, next, PAUSED } from "./watch-state.js";
import { wordsFor } from "./watch-words.js";

const stage = document.querySelector("#tonton");
const video = stage.querySelector("video");
const part = (name) => stage.querySelector(`[data-part="${name}"]`);
const health = JSON.parse(document.querySelector("#kesehatan").textContent);
const watchPath = `${cameraPath(stage.dataset.id)}watch/`;

const TOO_OLD = 15; // seconds
let behind = 0; // milliseconds by which this phone's clock is behind the portal's: phones' clocks are often wrong
let state = initial(health, stage.dataset.watchable === "yes", stage.dataset.why);
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
  const before = state;
  state = next(state, event);
  player.hold(state.url);
  if (before.name !== state.name) stage.dispatchEvent(new CustomEvent("keadaan", { detail: state.name, bubbles: true }));
  // News of health alone must not push the next renewal away.
  if (event.type !== "health" || before.again !== state.again) plan();
  show();
}

function plan() {
  clearTimeout(timer);
  if (state.again === null) return;
  dueAt = Date.now() + state.again;
  timer = setTimeout(askForStream, state.again);
}

// The answer to the wish that wish.js made while the page was being read; null once it is used, or where there is none.
async function firstAnswer() {
  const wish = window.firstWish;
  window.firstWish = null;
  const response = await wish;
  return response?.ok ? response.json() : null;
}

async function askForStream() {
  if (state.name === PAUSED) return;
  const mine = (asking = Symbol("question"));
  try {
    const answer = (await firstAnswer()) ?? (await ask(watchPath, { method: "POST", body: { playlist_url: ticket, plays, small: isSmall(video) } }));
    if (mine !== asking) return;
    ticket = answer.playlist_url;
    behind = Date.parse(answer.now) - Date.now();
    tell({ type: "answer", answer });
  } catch (problem) {
    if (mine !== asking) return;
    const refusal = problem instanceof Refusal ? problem : new Refusal(0, "network", "");
    tell({ type: "refused", refusal });
  }
}

function put(name, text) {
  const element = part(name);
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

function show() {
  const words = wordsFor(state);
  stage.dataset.state = state.name;
  // The last picture there is, until the video moves. While connecting none is made for it: the stream is to have the camera.
  holdStills(stage.dataset.id, state.name !== CONNECTING && state.name !== BUSY, { wish: state.name === BUSY });
  stage.toggleAttribute("data-busy", Boolean(words.busy));
  put("title", words.title);
  put("text", words.text ?? "");
  put("small", words.small ?? "");
  part("again").hidden = !words.again;
  part("play").hidden = !words.play;
  tick();
}

function tick() {
  const left = Math.ceil((dueAt - Date.now()) / 1000);
  put("countdown", wordsFor(state).countdown && left > 0 ? `Dicoba lagi sendiri dalam ${left} detik.` : "");
  if (state.name !== LIVE) return;
  const { dataset } = part("mark");
  const marked = dataset.mark.replace(/ · [\d.]+ [\d.]+/, ` · ${dayAndClock(new Date(Date.now() + behind))}`);
  if (marked !== dataset.mark) dataset.mark = marked;
  const time = player.pictureTime();
  put("clock", time ? clockWithSeconds(time) : "");
  const byClock = time ? (Date.now() + behind - time) / 1000 : -1;
  // An old picture is not live, however smoothly it moves.
  if (byClock > TOO_OLD) return tell({ type: "trouble" });
  const delay = byClock >= 0 ? byClock : player.delay();
  put("delay", delay === null ? "" : `${delay.toFixed(1).replace(".", ",")} dtk lalu`);
}

function leave() {
  if (state.name === PAUSED) return;
  asking = null;
  tell({ type: "leave" });
  ask(watchPath, { method: "DELETE", keepalive: true, body: { playlist_url: ticket } }).catch(() => {});
}

function back() {
  if (document.visibilityState === "visible" && state.name === PAUSED) tell({ type: "back" });
}

// Who looks, and when: over every picture that is not public, also on the full screen.
function mark(camera) {
  part("mark").hidden = camera.visibility === "publik";
}

function fullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (stage.requestFullscreen) stage.requestFullscreen();
  // An iPhone's own full screen shows the bare video: where it is marked, the page itself grows.
  else if (!part("mark").hidden || stage.hasAttribute("data-full")) stage.toggleAttribute("data-full");
  else video.webkitEnterFullscreen?.(); // iPhone
}

part("again").addEventListener("click", () => tell({ type: "retry" }));
part("play").addEventListener("click", () => player.play());
part("fullscreen").addEventListener("click", fullscreen);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : back()));
addEventListener("pagehide", leave);
addEventListener("pageshow", back);
onLarge(video, () => state.url !== null && askForStream());
addEventListener("online", () => tell({ type: "online" }));
setInterval(tick, 500);

useSwitches();
keepCards({
  onHealth: (news) => tell({ type: "health", health: news }),
  onAccess: () => tell({ type: "access" }),
  onCamera: (camera) => {
    mark(camera);
    showVisibility(camera);
  },
});
show();
if (document.visibilityState === "hidden") leave();
else plan();

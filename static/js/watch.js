// The watch page: one live picture, its full screen, and what else the page says of its camera.
import { keepCards } from "./cards.js";
import { isSaving } from "./data-care.js";
import { createLive } from "./live.js";
import { FULL } from "./size.js";
import { showVisibility, useSwitches } from "./visibility.js";
import { CONNECTING } from "./watch-state.js";

const PATIENCE = 1500; // milliseconds
const stage = document.querySelector("#tonton");
const video = stage.querySelector("video");
const part = (name) => stage.querySelector(`[data-part="${name}"]`);

if (location.hash === FULL) {
  stage.setAttribute("data-full", "");
  history.replaceState(history.state, "", location.pathname + location.search);
}

// The answer to the wish that wish.js made while the page was being read; null once it is used, or where there is none.
async function firstAnswer() {
  const wish = window.firstWish;
  window.firstWish = null;
  const response = await wish;
  return response?.ok ? response.json() : null;
}

const live = createLive(stage, {
  health: JSON.parse(document.querySelector("#kesehatan").textContent),
  watchable: stage.dataset.watchable === "yes",
  why: stage.dataset.why,
  first: firstAnswer,
  saving: isSaving(),
});

// Who looks, and when: over every picture that is not public, also on the full screen.
function mark(camera) {
  part("mark").hidden = camera.visibility === "publik";
}

function fullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (stage.hasAttribute("data-full")) stage.removeAttribute("data-full");
  else if (stage.requestFullscreen) stage.requestFullscreen();
  // An iPhone's own full screen shows the bare video: where it is marked, the page itself grows.
  else if (!part("mark").hidden) stage.setAttribute("data-full", "");
  else video.webkitEnterFullscreen?.(); // iPhone
}

part("fullscreen").addEventListener("click", fullscreen);
document.addEventListener("keydown", ({ key }) => key === "Escape" && stage.removeAttribute("data-full"));
useSwitches();
keepCards({
  onHealth: (news) => live.tell({ type: "health", health: news }),
  onAccess: () => live.tell({ type: "access" }),
  onCamera: (camera) => {
    mark(camera);
    showVisibility(camera);
  },
});

// Not on the way of the first picture: swiping, looking closer, keeping a picture.
async function later() {
  if (stage.dataset.state === CONNECTING) {
    await new Promise((done) => {
      stage.addEventListener("keadaan", done, { once: true });
      setTimeout(done, PATIENCE);
    });
  }
  (await import("./viewer.js")).useViewer(stage);
}

later();

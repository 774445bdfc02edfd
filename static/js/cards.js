// A camera on the page: any element with data-camera="<id>" shows that camera's status in the parts marked inside it.
import { ask, cameraPath } from "./api.js";
import { isBecauseLoggedOut } from "./session.js";
import { listen } from "./socket.js";
import { forgetStills, keepStills, openStills } from "./stills.js";
import { keepFresh, since } from "./time.js";
import { gettext } from "./words.js";

const STATUS_WORDS = { online: gettext("Menyala"), offline: gettext("Mati"), unknown: gettext("Belum diketahui") };
const cardsOf = (id) => document.querySelectorAll(`[data-camera="${CSS.escape(id)}"]`);

function put(card, part, text) {
  for (const element of card.querySelectorAll(`[data-part="${part}"]`)) {
    element.textContent = text;
    element.hidden = !text;
  }
}

export function showStatus(card, health) {
  card.dataset.status = health.status;
  put(card, "status", STATUS_WORDS[health.status] ?? "");
  put(card, "reason", health.reason_text);
  put(card, "mender", health.mender);
  const time = card.querySelector("time[data-since]");
  if (time && health.since) {
    time.dateTime = health.since;
    time.textContent = since(new Date(health.since));
  }
}

function recount() {
  for (const tally of document.querySelectorAll("[data-tally=cards]")) {
    for (const status of Object.keys(STATUS_WORDS)) {
      const count = document.querySelectorAll(`.cards [data-status="${status}"]`).length;
      const part = tally.querySelector(`[data-count="${status}"]`);
      if (part) {
        part.querySelector("b").textContent = count;
        part.hidden = count === 0 && status === "unknown";
      }
    }
  }
}

// Keeps all cards of the page true. `onHealth(health)` hears of every status, `onAccess(id)` that somebody switched who may look,
// `onCamera(camera)` what holds since then, and `onGone(id)` that this person may not even know of it any more.
export function keepCards({ onCamera = () => {}, onHealth = () => {}, onAccess = () => {}, onGone = () => {} } = {}) {
  keepFresh();
  keepStills();
  const ids = [...new Set([...document.querySelectorAll("[data-camera]")].map((card) => card.dataset.camera))];
  if (!ids.length) return;
  const onStatus = (cameras) => {
    for (const health of cameras) {
      cardsOf(health.id).forEach((card) => showStatus(card, health));
      onHealth(health);
    }
    recount();
  };
  const askAnew = async (id) => {
    forgetStills(id);
    onAccess(id);
    try {
      const camera = await ask(cameraPath(id));
      openStills(id, camera.watchable);
      cardsOf(id).forEach((card) => {
        showStatus(card, camera);
        card.toggleAttribute("data-closed", !camera.watchable);
        put(card, "closed", camera.watchable ? "" : gettext("Disembunyikan"));
      });
      onCamera(camera);
    } catch (refusal) {
      if (await isBecauseLoggedOut(refusal.status)) return;
      if (refusal.status === 404) openStills(id, false);
      if (refusal.status === 404) cardsOf(id).forEach((card) => card.matches("[data-keep]") || card.remove());
      if (refusal.status === 404) onGone(id);
    }
    recount();
  };
  // Who may look may have changed while nobody listened. Only what differs from what the page shows is asked for anew.
  const onSnapshot = (cameras, closed) => {
    onStatus(cameras);
    const known = new Set(cameras.map(({ id }) => id));
    for (const id of ids) {
      const cards = [...cardsOf(id)];
      const differs = cards.some((card) => card.hasAttribute("data-closed") !== closed.includes(id));
      if (differs || (cards.length && !known.has(id))) askAnew(id);
    }
  };
  listen({ cameras: ids, onStatus, onSnapshot, onAccess: askAnew });
}

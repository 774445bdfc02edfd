// What the watch page is in, as a pure function: next(state, event) → state. No clock, no DOM, no network.
//
// state.name   one of the names below
// state.step   why it is connecting: "ask" | "queue" | "camera" | "picture" | "again"
// state.url    the playlist that the player should hold, or null: then it must hold nothing and show nothing
// state.moving whether the picture moves
// state.saving whether live begins only when somebody asks for it; state.wanted: whether somebody has
// state.again  milliseconds until the portal is asked again, or null: only an event wakes it
export const CONNECTING = "connecting";
export const LIVE = "live";
export const OFFLINE = "offline";
export const HIDDEN = "hidden";
export const BUSY = "busy";
export const DISCONNECTED = "disconnected";
export const UNAVAILABLE = "unavailable";
export const PAUSED = "paused";
export const TAP = "tap"; // the browser wants a tap before it plays
export const SAVED = "saved"; // data is saved: stills, and live only when somebody asks for it

const STEPS = { waiting: "queue", starting: "camera", live: "picture", stalled: "again", backing_off: "again" };
const isOff = (health) => health.status === "offline";

export function initial(health, watchable, why = "", saving = false) {
  const begun = { why, step: "ask", health, stream: {}, url: null, moving: false, renew: 8000, tries: 0, saving, wanted: !saving };
  if (!watchable) return { ...begun, name: HIDDEN, again: 20000 };
  if (saving) return { ...begun, name: SAVED, again: null };
  return { ...begun, name: isOff(health) ? OFFLINE : CONNECTING, again: 0 };
}

function answered(state, { answer }) {
  const stream = answer.stream ?? {};
  const renew = (answer.renew_after ?? 8) * 1000;
  const told = { ...state, stream, renew, url: answer.playlist_url };
  if (!state.wanted) return { ...told, name: SAVED, url: null, moving: false, again: null };
  // It does not work, and the portal knows why. Asked now and then, so that the page heals by itself.
  if (stream.state === "failed") return { ...told, name: OFFLINE, url: null, moving: false, again: 10000 };
  if (state.moving) return { ...told, name: LIVE, again: renew };
  if (state.name === TAP) return { ...told, again: renew };
  const off = isOff(state.health) && stream.state !== "live";
  return { ...told, name: off ? OFFLINE : CONNECTING, step: STEPS[stream.state] ?? "camera", again: 1500 };
}

function refused(state, { refusal }) {
  const { status, code, retryAfter } = refusal;
  if (status === 403 || status === 404) {
    return { ...state, name: HIDDEN, why: status === 403 ? refusal.detail : "", url: null, moving: false, again: 20000 };
  }
  // A picture that moves is worth more than an answer that does not come.
  if (state.moving) return { ...state, again: 4000 };
  const tries = state.tries + 1;
  if (status === 0) return { ...state, name: DISCONNECTED, url: null, tries, again: Math.min(2000 * tries, 10000) };
  // Of a camera that is dead anyway, that is the news; not that the portal is full.
  const name = isOff(state.health) ? OFFLINE : code === "busy" || status === 429 ? BUSY : UNAVAILABLE;
  return { ...state, name, stream: {}, url: null, tries, again: (retryAfter ?? 5) * 1000 };
}

// The player lost the picture, or it stood still: let go, ask anew, a little later each time.
function troubled(state) {
  if (state.url === null) return state;
  const tries = state.tries + 1;
  const name = isOff(state.health) ? OFFLINE : CONNECTING;
  return { ...state, name, step: state.moving ? "again" : "camera", url: null, moving: false, tries, again: Math.min(250 * 2 ** tries, 8000) };
}

function heard(state, { health }) {
  const told = { ...state, health };
  if (state.name === OFFLINE && health.status === "online") return { ...told, name: CONNECTING, step: "camera", again: 0 };
  if (state.name === CONNECTING && isOff(health) && state.stream.state !== "live") return { ...told, name: OFFLINE };
  return told;
}

// Saving data begins or ends. What somebody asked for by themselves does not begin again by itself.
function rest(state, { saving }) {
  if (!saving) return { ...state, saving, wanted: true, name: state.name === SAVED ? CONNECTING : state.name, again: state.name === SAVED ? 0 : state.again };
  const name = state.name === HIDDEN ? HIDDEN : SAVED;
  return { ...state, saving, wanted: false, name, url: null, moving: false, again: name === HIDDEN ? state.again : null };
}

const RULES = {
  answer: answered,
  refused,
  trouble: troubled,
  health: heard,
  picture: (state) => ({ ...state, name: LIVE, moving: true, tries: 0 }),
  blocked: (state) => ({ ...state, name: TAP, again: state.renew }),
  // Who may look has changed, and with that every playlist address is dead: blank at once, ask, and the answer decides.
  access: (state) => ({ ...state, name: state.name === HIDDEN ? HIDDEN : CONNECTING, step: "ask", url: null, moving: false, again: 0 }),
  retry: (state) => ({ ...state, name: CONNECTING, step: "ask", url: null, moving: false, tries: 0, again: 0, wanted: true }),
  save: rest,
  online: (state) => (state.name === DISCONNECTED ? { ...state, again: 0 } : state),
  leave: (state) => ({ ...state, name: PAUSED, url: null, moving: false, again: null, wanted: !state.saving }),
  back: (state) => (state.saving ? rest(state, { saving: true }) : { ...state, name: isOff(state.health) ? OFFLINE : CONNECTING, step: "ask", tries: 0, again: 0 }),
};

export function next(state, event) {
  // Late answers must not wake a page that nobody looks at.
  if (state.name === PAUSED && event.type === "save") return { ...state, saving: event.saving, wanted: !event.saving };
  if (state.name === PAUSED && event.type !== "back") return event.type === "health" ? { ...state, health: event.health } : state;
  // A last frame that was on its way must not make a hidden camera look alive.
  if (event.type === "picture" && state.url === null) return state;
  return RULES[event.type](state, event);
}

// Marks on their way to the portal. Each is kept on the phone until the portal has it, and may be sent any number of times: its key
// makes it one. So neither a dead spot, nor a phone that dies, nor a log-in that runs out loses any.
import { ask, Refusal } from "./api.js";

const PAUSES = [2000, 4000, 8000, 15000, 30000]; // milliseconds between two tries
const DAY = 86400; // seconds

// Also where the page came without TLS, where browsers hide randomUUID.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A browser may keep nothing for us: then the page itself is all there is.
function storage(name) {
  let here = "[]";
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(name) ?? here);
      } catch {
        return JSON.parse(here);
      }
    },
    write(marks) {
      here = JSON.stringify(marks);
      try {
        if (marks.length) localStorage.setItem(name, here);
        else localStorage.removeItem(name);
        return true;
      } catch {
        return false;
      }
    },
  };
}

// `onChange()`: after every change; `onSent(mark)`: the portal has it; `onRefused(mark, refusal)`: the portal will never take this one;
// `onLoggedOut()`: nobody is logged in any more, the marks wait.
export function createQueue({ round, person, onChange, onSent, onRefused, onLoggedOut }) {
  const kept = storage(`ronda:${person}:${round}`);
  let tries = 0;
  let timer = null;
  let sending = false;
  let lasting = true;

  function drop(key) {
    kept.write(kept.read().filter((mark) => mark.key !== key));
    onChange();
  }

  async function send({ at, ...mark }) {
    const body = { ...mark, seconds_ago: Math.min(Math.max(0, (Date.now() - at) / 1000), DAY) };
    await ask(`/api/v1/rounds/${encodeURIComponent(round)}/marks/`, { method: "POST", body });
  }

  function later(refusal) {
    const pause = refusal.retryAfter ? refusal.retryAfter * 1000 : PAUSES[Math.min(tries++, PAUSES.length - 1)];
    clearTimeout(timer);
    timer = setTimeout(flush, pause);
  }

  function failed(mark, refusal) {
    const { status, code } = refusal;
    if (status === 401) onLoggedOut();
    // Somebody logged in anew in another tab, and this page's token is the old one. What is kept survives a reload.
    else if (status === 403 && code === "csrf" && lasting) location.reload();
    // Not theirs: perhaps somebody else has logged in on this phone meanwhile, and its owner will again. Their marks wait a day.
    else if (status === 404 && Date.now() - mark.at < DAY * 1000) later(refusal);
    else if ([400, 404, 409, 413].includes(status)) {
      onRefused(mark, refusal);
      drop(mark.key);
      return true;
    } else later(refusal);
    return false;
  }

  async function flush() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    for (let [mark] = kept.read(); mark; [mark] = kept.read()) {
      try {
        await send(mark);
        tries = 0;
        onSent(mark);
        drop(mark.key);
      } catch (problem) {
        if (!failed(mark, problem instanceof Refusal ? problem : new Refusal(0, "network", ""))) break;
      }
    }
    sending = false;
  }

  const hurry = () => {
    if (document.visibilityState === "visible") flush();
  };
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);

  return {
    waiting: () => kept.read(),
    add(mark) {
      lasting = kept.write([...kept.read(), { key: newKey(), at: Date.now(), ...mark }]);
      onChange();
      flush();
    },
    flush,
  };
}

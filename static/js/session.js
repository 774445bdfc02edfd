// When a log-in has run out while its page is open: says so, leads back here afterwards, and keeps what was filled in.
import { gettext } from "./words.js";

const PAUSE = 15000; // milliseconds between two looks
const DRAFT = `isian:${location.pathname}`;
const LOOKS_LIKE = [401, 403, 404]; // a camera that is not public is "not found" for whoever is logged out
let over = false;
let looking = null;
let lookedAt = -Infinity;

const isMembersPage = () => document.documentElement.hasAttribute("data-member");
export const isLoggedOut = () => over;

function keepDrafts() {
  const drafts = [...document.querySelectorAll("form[data-keep-draft]")].map((form) => {
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    return [form.getAttribute("action"), fields];
  });
  try {
    sessionStorage.setItem(DRAFT, JSON.stringify(drafts));
  } catch {
    // a browser that keeps nothing: the page itself still holds it
  }
}

function restoreDrafts() {
  try {
    const drafts = JSON.parse(sessionStorage.getItem(DRAFT) ?? "[]");
    sessionStorage.removeItem(DRAFT);
    for (const [action, fields] of drafts) {
      const form = document.querySelector(`form[data-keep-draft][action="${CSS.escape(action)}"]`);
      for (const [name, value] of form ? fields : []) {
        const field = form.elements.namedItem(name);
        if (field && field.type !== "hidden") field.value = value;
      }
    }
  } catch {
    // nothing was kept
  }
}

function banner() {
  const note = document.createElement("p");
  note.className = "message log-in-again";
  note.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.href = `/masuk/?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = gettext("Silakan masuk lagi");
  link.addEventListener("click", keepDrafts);
  note.append(gettext("Waktu masuk Anda sudah habis."), " ", link, ". ", gettext("Halaman ini menunggu Anda."));
  document.querySelector("main").before(note);
}

function settle(loggedOut) {
  if (loggedOut === over) return;
  over = loggedOut;
  if (over) banner();
  else document.querySelectorAll(".log-in-again").forEach((note) => note.remove());
  document.dispatchEvent(new CustomEvent("masuk", { detail: !over }));
}

async function look() {
  lookedAt = performance.now();
  try {
    const answer = await fetch("/api/v1/favourites/", { method: "HEAD", credentials: "same-origin" });
    if (answer.ok || answer.status === 401) settle(answer.status === 401);
  } catch {
    // nobody answers: that is another trouble
  }
  return over;
}

// After a refusal: whether it came because nobody is logged in any more. Many who ask at once are one look.
export async function isBecauseLoggedOut(status) {
  if (!isMembersPage() || !LOOKS_LIKE.includes(status)) return false;
  if (looking === null && performance.now() - lookedAt < PAUSE) return over;
  looking ??= look().finally(() => {
    looking = null;
  });
  return looking;
}

// Somebody who logged in again in another tab finds this one as it was.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && over) look();
});
restoreDrafts();

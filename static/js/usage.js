// How much data this browser used for the portal today: what the browser's own timing says of every question, and what others count
// here that it does not see. Kept by day in this browser alone; nobody is told.
import { today } from "./time.js";
import { language } from "./words.js";

const KEY = "terpakai";
const WRITE_EVERY = 2000; // milliseconds
let unwritten = 0;
let timer = null;
let kept = null; // for browsers that keep nothing

// localStorage throws where cookies are blocked, and in some browsers inside other apps.
function read() {
  try {
    const { day, bytes } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    return day === today() && bytes >= 0 ? bytes : 0;
  } catch {
    return kept?.day === today() ? kept.bytes : 0;
  }
}

function write() {
  clearTimeout(timer);
  timer = null;
  kept = { day: today(), bytes: read() + unwritten };
  unwritten = 0;
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // it counts until the page is left
  }
  show();
}

const usedToday = () => read() + unwritten;

export function words(bytes) {
  const megabytes = bytes / 1e6;
  const digits = megabytes < 10 ? 1 : 0;
  return `${megabytes.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} MB`;
}

function show() {
  for (const part of document.querySelectorAll("[data-part=usage]")) {
    part.textContent = words(usedToday());
    part.closest("[data-usage]")?.removeAttribute("hidden");
  }
}

export function count(bytes) {
  unwritten += bytes;
  timer ??= setTimeout(write, WRITE_EVERY);
}

// Of what came out of the browser's own cache nothing is counted: its transferSize is 0.
function observe(type) {
  try {
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => entry.transferSize && count(entry.transferSize))).observe({ type, buffered: true });
  } catch {
    // an old browser without it counts less
  }
}

document.addEventListener("bytes", ({ detail }) => count(detail));
observe("navigation");
observe("resource");
addEventListener("pagehide", write);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && unwritten && write());
show();

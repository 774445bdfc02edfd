// "Hemat data": small pictures every half minute, and live only on a tap. On by itself where the phone asks for it or its network is
// slow; the person's own choice goes first, and is kept in a cookie, so that the portal makes the next page accordingly.
import { gettext } from "./words.js";

const COOKIE = "hemat";
const YEAR = 31536000; // seconds
const DAY = 86400;
const SLOW = ["slow-2g", "2g", "3g"];
const ON = "1";
const OFF = "0";
const BY_ITSELF = "a";

const cookie = () => document.cookie.match(/(?:^|; )hemat=([01a])/)?.[1] ?? "";
const keep = (value, seconds) => {
  document.cookie = `${COOKIE}=${value}; path=/; max-age=${seconds}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
};

function phoneAsks() {
  const network = navigator.connection;
  return Boolean(network?.saveData) || SLOW.includes(network?.effectiveType);
}

function decide() {
  const kept = cookie();
  return kept === ON || (kept !== OFF && phoneAsks());
}

let saving = decide();
export const isSaving = () => saving;

function show() {
  document.documentElement.toggleAttribute("data-hemat", saving);
  for (const form of document.querySelectorAll("form[data-care]")) {
    form.elements.hemat.checked = saving;
    form.querySelector("[data-part=care]").textContent = saving
      ? gettext("Menyala: gambar kecil tiap 30 detik, langsung hanya bila diketuk.")
      : "";
  }
}

function settle() {
  const before = saving;
  saving = decide();
  const chosen = [ON, OFF].includes(cookie());
  if (!chosen && saving) keep(BY_ITSELF, DAY);
  else if (!chosen && cookie()) keep("", 0);
  show();
  if (before !== saving) document.dispatchEvent(new CustomEvent("hemat", { detail: saving }));
}

export function choose(on) {
  keep(on ? ON : OFF, YEAR);
  settle();
}

// Looked at once a page: a network that is slow for a moment must not stop what somebody watches.
// The switches of the page work without a reload; without this script they are plain forms.
export function useDataCare() {
  for (const form of document.querySelectorAll("form[data-care]")) {
    form.elements.hemat.addEventListener("change", (event) => choose(event.target.checked));
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  settle();
}

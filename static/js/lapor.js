// What somebody wrote is not lost when their log-in has run out meanwhile: it is there again after they logged in.
import { gettext } from "./words.js";

const form = document.querySelector("form[data-draft]");
const NAME = `laporan:${location.search}`;
const FIELDS = ["category", "words", "place"];

function keep() {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(FIELDS.map((name) => form.elements.namedItem(name)?.value ?? "")));
  } catch {
    // a browser that keeps nothing
  }
}

function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    sessionStorage.removeItem(NAME);
    if (kept === null || !new URL(document.referrer || "about:blank").pathname.startsWith("/masuk/")) return;
    FIELDS.forEach((name, place) => {
      const field = form.elements.namedItem(name);
      if (field && !field.value) field.value = kept[place];
    });
  } catch {
    // nothing was kept
  }
}

// Where the phone is, on its owner's tap alone.
function usePlace(part) {
  const [latitude, longitude] = part.querySelectorAll("input");
  const says = part.querySelector("output");
  part.hidden = false;
  part.querySelector("button").addEventListener("click", () => {
    says.textContent = gettext("Mencari letak…");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.value = coords.latitude.toFixed(6);
        longitude.value = coords.longitude.toFixed(6);
        says.textContent = gettext("Letak Anda ikut dikirim.");
      },
      () => {
        says.textContent = gettext("Letak tidak didapat. Tulis saja tempatnya.");
      },
      { enableHighAccuracy: true, timeout: 10000 },
    );
  });
}

if (form) {
  restore();
  const place = form.querySelector("[data-place]");
  if (place && "geolocation" in navigator) usePlace(place);
  form.addEventListener("submit", () => {
    keep();
    // Twice tapped is sent once; what was sent twice all the same is one report.
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
  });
  addEventListener("pageshow", () => form.querySelectorAll("button").forEach((button) => { button.disabled = false; }));
}

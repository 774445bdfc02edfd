// What somebody wrote is not lost when their log-in has run out meanwhile: it is there again after they logged in.
import { library } from "./map-base.js";
import { gettext } from "./words.js";

const form = document.querySelector("form[data-draft]");
const NAME = `laporan:${location.search}`;
const FIELDS = ["category", "words", "place", "latitude", "longitude"];

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
      if (field && !field.value) field.value = kept[place] ?? "";
    });
  } catch {
    // nothing was kept
  }
}

// Where the phone is, on its owner's tap alone; or a tap on a map, which is fetched when it is opened.
function usePlace(part) {
  const [latitude, longitude] = part.querySelectorAll("input");
  const says = part.querySelector("output");
  const told = () => { says.textContent = gettext("Letaknya ikut dikirim."); };
  part.hidden = false;
  if (latitude.value && longitude.value) told();
  useMap(part.querySelector("details"), latitude, longitude, told);
  const button = part.querySelector("button");
  button.hidden = !("geolocation" in navigator);
  button.addEventListener("click", () => {
    says.textContent = gettext("Mencari letak…");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.value = coords.latitude.toFixed(6);
        longitude.value = coords.longitude.toFixed(6);
        longitude.dispatchEvent(new Event("change"));
        told();
      },
      () => {
        says.textContent = gettext("Letak tidak didapat. Tulis saja tempatnya.");
      },
      { enableHighAccuracy: true, timeout: 10000 },
    );
  });
}

function useMap(fold, latitude, longitude, onPick) {
  const root = fold.querySelector("[data-leaflet]");
  fold.addEventListener("toggle", async () => {
    if (!fold.open || root.dataset.ready) return;
    root.dataset.ready = "soon";
    try {
      await library(root.dataset.leaflet);
      const { pickPlace } = await import("./map-pick.js");
      await pickPlace(root, latitude, longitude, onPick);
    } catch {
      fold.hidden = true;
    }
  });
}

if (form) {
  restore();
  const place = form.querySelector("[data-place]");
  if (place) usePlace(place);
  form.addEventListener("submit", () => {
    keep();
    // Twice tapped is sent once; what was sent twice all the same is one report.
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
  });
  addEventListener("pageshow", () => form.querySelectorAll("button").forEach((button) => { button.disabled = false; }));
}

// The watch page as something to look through: swipe or arrow keys to the next camera, closer with fingers or keys, full screen, and
// a picture to keep. Loaded once the page shows something: nothing of it is on the way of the first picture.
import { wishFor } from "./ahead.js";
import { useDataCare } from "./data-care.js";
import { useGestures } from "./gestures.js";
import { isBecauseLoggedOut } from "./session.js";
import { FULL } from "./size.js";
import { useStars } from "./stars.js";
import { gettext } from "./words.js";

const CLOSER = 1.5;

function write(output, text) {
  output.textContent = text;
  output.hidden = !text;
}

function usePicture(stage, glass) {
  const gestures = useGestures(glass, {
    onView: ({ scale, x, y }) => {
      stage.style.setProperty("--scale", scale);
      stage.style.setProperty("--x", `${x}px`);
      stage.style.setProperty("--y", `${y}px`);
      const button = stage.querySelector("[data-part=closer]");
      button.setAttribute("aria-pressed", scale > 1);
    },
    onSwipe: (direction) => go(stage, direction),
  });
  stage.querySelector("[data-part=closer]").addEventListener("click", () => (gestures.view().scale > 1 ? gestures.rest() : gestures.zoom(CLOSER * CLOSER)));
  return gestures;
}

// To the camera beside this one; the way back still leads to where the first one was opened.
function go(stage, direction) {
  const link = stage.querySelector(direction > 0 ? "a[rel=next]" : "a[rel=prev]");
  if (!link) return;
  wishFor(link);
  const full = document.fullscreenElement || stage.hasAttribute("data-full");
  location.replace(full ? link.href + FULL : link.href);
}

function useKeys(stage, gestures) {
  const keys = {
    ArrowLeft: () => go(stage, -1),
    ArrowRight: () => go(stage, 1),
    "+": () => gestures.zoom(CLOSER),
    "=": () => gestures.zoom(CLOSER),
    "-": () => gestures.zoom(1 / CLOSER),
    0: () => gestures.rest(),
    f: () => stage.querySelector("[data-part=fullscreen]").click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, details, dialog")) return;
    const act = keys[event.key];
    if (!act) return;
    act();
    event.preventDefault();
  });
}

// Asked for here and not by the link itself, so that a refusal is a sentence and not a file.
async function save(event) {
  event.preventDefault();
  const link = event.currentTarget;
  const says = link.closest(".stage").querySelector("[data-part=saved]");
  write(says, gettext("Mengambil gambar…"));
  try {
    const answer = await fetch(link.href, { headers: { Accept: "image/jpeg,application/json" }, credentials: "same-origin" });
    if (!answer.ok) {
      const { detail } = await answer.json().catch(() => ({}));
      return write(says, (await isBecauseLoggedOut(answer.status)) ? gettext("Silakan masuk lagi") : detail ?? gettext("Belum ada gambar."));
    }
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await answer.blob());
    file.download = answer.headers.get("Content-Disposition")?.match(/filename="([^"]+)"/)?.[1] ?? "kamera.jpg";
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    write(says, gettext("Gambar tersimpan."));
  } catch {
    write(says, gettext("Portal tidak dapat dihubungi. Coba lagi sebentar lagi."));
  }
}

export function useViewer(stage) {
  const glass = stage.querySelector("[data-part=glass]");
  const gestures = usePicture(stage, glass);
  useKeys(stage, gestures);
  useStars();
  useDataCare();
  stage.querySelector("[data-part=save]")?.addEventListener("click", save);
  stage.setAttribute("data-viewer", "");
}

// A resident's home: cards that stay true, and the switches of the Ketua RT.
import { wishAhead } from "./ahead.js";
import { keepCards } from "./cards.js";
import { isSaving, useDataCare } from "./data-care.js";
import { useStars } from "./stars.js";
import { showVisibility, useSwitches } from "./visibility.js";

const LOOKING = 10000; // milliseconds

// The player is on its way before somebody taps, but not before they have what they came for: it weighs as much as the whole page.
function fetchPlayer() {
  if (isSaving() || document.visibilityState === "hidden" || document.head.querySelector("link[rel=prefetch]")) return;
  const link = document.createElement("link");
  Object.assign(link, { rel: "prefetch", as: "script", href: document.querySelector("[data-player]").dataset.player });
  document.head.append(link);
}

setTimeout(fetchPlayer, LOOKING);
document.addEventListener("pointerdown", (event) => event.target.closest?.("article.card") && fetchPlayer());
wishAhead();
useSwitches();
useStars();
useDataCare();
keepCards({ onCamera: showVisibility });

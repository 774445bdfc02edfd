// Makes the wish for a camera at the tap on its link, while its page is still on the way: a tenth of a second that nobody waits.
// The page makes the wish again as its own; if it never opens, this one runs out by itself.
import { ask, cameraPath } from "./api.js";
import { isSaving } from "./data-care.js";
import { smallPage } from "./size.js";

const CAMERA = /^\/kamera\/([0-9a-z-]+)\/$/;

// Nobody's live pictures begin by themselves while data is saved.
export function wishFor(link) {
  const id = link?.origin === location.origin ? link.pathname.match(CAMERA)?.[1] : null;
  if (!id || isSaving()) return;
  ask(`${cameraPath(id)}watch/`, { method: "POST", body: { small: smallPage() }, keepalive: true }).catch(() => {});
}

export function wishAhead() {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    wishFor(event.target.closest?.("a[href]"));
  });
}

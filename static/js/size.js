// How large the pictures are on this screen: where they are small, the camera's small pictures do, and cost less data.
import { isSaving } from "./data-care.js";

const SMALL = 480; // CSS pixels; wish.js has the same

// At the end of an address: opened from the full screen of another camera, which ended with its page.
export const FULL = "#penuh";

// Of a page that is not open yet: its pictures are never wider than it is.
export const smallPage = () => matchMedia(`(max-width: ${SMALL}px)`).matches || isSaving();

// A wall on the full screen shows many: there the size of each one counts.
const isFull = (video) => {
  const full = document.fullscreenElement;
  return Boolean(full ? full.contains(video) && !full.hasAttribute("data-wall") : video.webkitDisplayingFullscreen);
};

export function isSmall(video) {
  // Who takes the full screen wants to see more, also with data saving on.
  if (isFull(video)) return false;
  return video.clientWidth <= SMALL || isSaving();
}

// Calls *grown* when the pictures were small and are not any more, until *signal* says that it is over. That they became small can
// wait for the next wish.
export function onLarge(video, grown, signal) {
  let small = isSmall(video);
  const look = () => {
    const before = small;
    small = isSmall(video);
    if (before && !small) grown();
  };
  document.addEventListener("fullscreenchange", look, { signal });
  video.addEventListener("webkitbeginfullscreen", look, { signal }); // iPhone
  video.addEventListener("webkitendfullscreen", look, { signal });
  const observer = new ResizeObserver(look);
  observer.observe(video);
  signal?.addEventListener("abort", () => observer.disconnect());
}

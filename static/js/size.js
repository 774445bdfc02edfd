// How large the pictures are on this screen: where they are small, the camera's small pictures do, and cost less data.
const SMALL = 480; // CSS pixels; wish.js has the same

// Of a page that is not open yet: its pictures are never wider than it is.
export const smallPage = () => matchMedia(`(max-width: ${SMALL}px)`).matches || Boolean(navigator.connection?.saveData);

const isFull = (video) => Boolean(document.fullscreenElement ?? video.webkitDisplayingFullscreen);

export function isSmall(video) {
  // Who takes the full screen wants to see more, also with data saving on.
  if (isFull(video)) return false;
  return video.clientWidth <= SMALL || Boolean(navigator.connection?.saveData);
}

// Calls *grown* when the pictures were small and are not any more. That they became small can wait for the next wish.
export function onLarge(video, grown) {
  let small = isSmall(video);
  const look = () => {
    const before = small;
    small = isSmall(video);
    if (before && !small) grown();
  };
  document.addEventListener("fullscreenchange", look);
  video.addEventListener("webkitbeginfullscreen", look); // iPhone
  video.addEventListener("webkitendfullscreen", look);
  new ResizeObserver(look).observe(video);
}

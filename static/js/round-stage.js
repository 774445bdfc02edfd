// The picture of one camera in a round: its still at once; live on a tap, or by itself where the connection is good.
import { isSaving } from "./data-care.js";
import { createLive } from "./live.js";

const SETTLED = 1500; // milliseconds on a camera before live begins by itself: who taps on needs no stream
const GOOD = 5; // Mbit/s

function connectionIsGood() {
  const network = navigator.connection;
  if (!network || network.saveData || isSaving()) return false;
  return network.type === "wifi" || network.type === "ethernet" || (network.effectiveType === "4g" && network.downlink >= GOOD);
}

export function createStage(article, { health, open }) {
  const stage = article.querySelector(".stage");
  const button = stage.querySelector('[data-do="live"]');
  let known = health;
  let live = null;
  let timer = null;

  function begin() {
    clearTimeout(timer);
    live ??= createLive(stage, { health: known });
  }

  const watchable = () => !article.hasAttribute("data-closed");
  button.hidden = !open;
  button.addEventListener("click", begin);

  return {
    enter() {
      if (watchable() && known.status !== "offline" && connectionIsGood()) timer = setTimeout(begin, SETTLED);
    },
    leave() {
      clearTimeout(timer);
      live?.end();
      live = null;
      stage.dataset.state = "still";
    },
    hear(news) {
      known = news;
      live?.tell({ type: "health", health: news });
    },
    // Somebody switched who may look.
    changed() {
      live?.tell({ type: "access" });
    },
    settle() {
      button.hidden = !watchable();
      if (!watchable()) this.leave();
    },
  };
}

// News of cameras. Delivery is at most once; the snapshot that follows every (re)connection heals what was missed.
//
// `cameras`: ids; their snapshot, then their changes. `view`: what a map shows, {bbox: [w, s, e, n]} or {places: true}; changes of it and no snapshot, so
// whoever gives one asks the map's data address anew at every onOpen(true) and onStale(). Neither: everything that one may know of.
// A hidden page has no socket: it is closed when the page is hidden and opened again when it is shown.
const PAUSES = [500, 1000, 2000, 5000, 10000, 20000];
// More names than fit into an address are sent afterwards.
const MOST_IN_ADDRESS = 100;
const nothing = () => {};

function address({ names, view, everything }) {
  const query = new URLSearchParams();
  if (names.length > MOST_IN_ADDRESS) query.set("quiet", "1");
  else for (const id of names) query.append("camera", id);
  if (view?.bbox) query.set("bbox", view.bbox.join(","));
  if (view?.places) query.set("places", "1");
  if (!everything && !`${query}`) query.set("quiet", "1");
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/ws/status/${`${query}` && `?${query}`}`;
}

export function listen({
  cameras = [], view = null, onStatus = nothing, onAccess = nothing, onSnapshot = onStatus, onOpen = nothing, onPlaces = nothing, onStale = nothing,
}) {
  const wish = { names: [...cameras], view, everything: !cameras.length && !view };
  let tries = 0;
  let timer = null;
  let socket = null;
  let ended = false;

  const isOpen = () => socket?.readyState === WebSocket.OPEN;
  const say = (words) => isOpen() && socket.send(JSON.stringify(words));

  function hear(news, snapshot) {
    if (news.type === "snapshot") {
      snapshot.cameras.push(...news.cameras);
      snapshot.closed.push(...news.closed);
      if (!news.more) onSnapshot(snapshot.cameras.splice(0), snapshot.closed.splice(0));
    } else if (news.type === "status") onStatus(news.cameras);
    else if (news.type === "access") news.ids.forEach((id) => onAccess(id));
    else if (news.type === "places") onPlaces(news.changes);
    else if (news.type === "stale") onStale();
  }

  function connect() {
    clearTimeout(timer);
    if (ended || document.visibilityState === "hidden") return;
    const mine = new WebSocket(address(wish));
    const snapshot = { cameras: [], closed: [] };
    socket = mine;
    mine.onopen = () => {
      tries = 0;
      if (wish.names.length > MOST_IN_ADDRESS) say({ cameras: wish.names });
      onOpen(true);
    };
    mine.onmessage = ({ data }) => {
      document.dispatchEvent(new CustomEvent("bytes", { detail: data.length })); // the browser tells nobody else (usage.js)
      if (mine === socket) hear(JSON.parse(data), snapshot);
    };
    mine.onclose = () => {
      if (mine !== socket) return;
      socket = null;
      onOpen(false);
      // The jitter keeps a thousand phones from coming back in the same second after a restart.
      const pause = PAUSES[Math.min(tries++, PAUSES.length - 1)] * (0.5 + Math.random());
      timer = setTimeout(connect, pause);
    };
  }

  function hangUp() {
    clearTimeout(timer);
    const mine = socket;
    socket = null;
    mine?.close();
    if (mine) onOpen(false);
  }

  const hurry = () => {
    if (socket || ended || document.visibilityState === "hidden") return;
    tries = 0;
    connect();
  };
  const turn = () => (document.visibilityState === "hidden" ? hangUp() : hurry());
  addEventListener("online", hurry);
  addEventListener("pageshow", hurry);
  addEventListener("pagehide", hangUp);
  document.addEventListener("visibilitychange", turn);
  connect();

  return {
    // Another view, over the connection that there is.
    wish(other) {
      wish.view = other;
      say({ view: other });
    },
    // Other named cameras; their snapshot comes.
    name(ids) {
      wish.names = [...ids];
      say({ cameras: wish.names });
    },
    close() {
      ended = true;
      hangUp();
      removeEventListener("online", hurry);
      removeEventListener("pageshow", hurry);
      removeEventListener("pagehide", hangUp);
      document.removeEventListener("visibilitychange", turn);
    },
  };
}

// News of cameras. Delivery is at most once; the snapshot that follows every (re)connection heals what was missed.
const PAUSES = [500, 1000, 2000, 5000, 10000, 20000];

export function listen({ cameras = [], onStatus, onAccess, onSnapshot = onStatus, onOpen = () => {} }) {
  let tries = 0;
  let timer = null;
  let socket = null;

  function connect() {
    clearTimeout(timer);
    const query = cameras.map((id) => `camera=${encodeURIComponent(id)}`).join("&");
    const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/status/${query && `?${query}`}`;
    const snapshot = [];
    socket = new WebSocket(address);
    socket.onopen = () => {
      tries = 0;
      onOpen(true);
    };
    socket.onmessage = ({ data }) => {
      const news = JSON.parse(data);
      if (news.type === "snapshot") {
        snapshot.push(...news.cameras);
        if (!news.more) onSnapshot(snapshot);
      }
      if (news.type === "status") onStatus(news.cameras);
      else if (news.type === "access") news.ids.forEach((id) => onAccess?.(id));
    };
    socket.onclose = () => {
      onOpen(false);
      // The jitter keeps a thousand phones from coming back in the same second after a restart.
      const pause = PAUSES[Math.min(tries++, PAUSES.length - 1)] * (0.5 + Math.random());
      timer = setTimeout(connect, pause);
    };
  }

  const hurry = () => {
    if (socket.readyState === WebSocket.CLOSED && document.visibilityState === "visible") {
      tries = 0;
      connect();
    }
  };
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  connect();
}

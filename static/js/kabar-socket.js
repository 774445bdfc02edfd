// News of the kentongan, and other words for this person. A tab that nobody looks at holds no socket: push reaches its owner.
const PAUSES = [1000, 2000, 5000, 10000, 20000, 30000];
const NOTHING_HERE = 4003; // the portal's close code: nobody is logged in

export function listenToKabar(onNews) {
  let socket = null;
  let timer = null;
  let tries = 0;

  const rest = () => {
    clearTimeout(timer);
    socket?.close();
    socket = null;
  };

  function connect() {
    clearTimeout(timer);
    const own = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/kabar/`);
    socket = own;
    own.onopen = () => {
      tries = 0;
    };
    own.onmessage = ({ data }) => {
      if (own === socket) onNews(JSON.parse(data));
    };
    own.onclose = ({ code }) => {
      if (own !== socket) return;
      socket = null;
      if (code === NOTHING_HERE) return;
      // The jitter keeps a thousand phones from coming back in the same second after a restart.
      timer = setTimeout(settle, PAUSES[Math.min(tries++, PAUSES.length - 1)] * (0.5 + Math.random()));
    };
  }

  function settle() {
    if (document.visibilityState !== "visible") rest();
    else if (socket === null) connect();
  }

  document.addEventListener("visibilitychange", () => {
    tries = 0;
    settle();
  });
  addEventListener("online", settle);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", settle);
  settle();
}

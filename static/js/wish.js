// Asks for the stream while the page is still being read; the page's own scripts take the answer over (watch.js).
(() => {
  const { address } = document.currentScript.dataset;
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  // Where data is saved live waits for a tap (data-care.js).
  const network = navigator.connection;
  const slow = network?.saveData || ["slow-2g", "2g", "3g"].includes(network?.effectiveType);
  const choice = document.cookie.match(/(?:^|; )hemat=([01])/)?.[1];
  if (choice === "1" || (choice !== "0" && slow)) return;
  // The pictures are never wider than the page; size.js looks more closely, later.
  const small = matchMedia("(max-width: 480px)").matches || Boolean(navigator.connection?.saveData);
  if (document.visibilityState !== "hidden" && !document.prerendering) {
    window.firstWish = fetch(address, { method: "POST", headers, credentials: "same-origin", body: JSON.stringify({ small }) }).catch(() => null);
  }
})();

// Asks for the stream while the page is still being read; the page's own scripts take the answer over (watch.js).
(() => {
  const { address } = document.currentScript.dataset;
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  if (document.visibilityState !== "hidden" && !document.prerendering) {
    window.firstWish = fetch(address, { method: "POST", headers, credentials: "same-origin", body: "{}" }).catch(() => null);
  }
})();

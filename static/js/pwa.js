// Registers the service worker, once the page has what it needs. WhatsApp's browser and private windows may have none, or refuse.
export function becomeInstallable() {
  if (!("serviceWorker" in navigator)) return;
  // The page for bad times speaks the language of this page; another language is another worker.
  const register = () => navigator.serviceWorker.register(`/sw.js?bahasa=${document.documentElement.lang}`).catch(() => {});
  const later = () => (globalThis.requestIdleCallback ? requestIdleCallback(register, { timeout: 5000 }) : setTimeout(register, 1000));
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}

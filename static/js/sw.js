// The service worker. It keeps the page for bad times and what that page needs, and nothing else: no picture, no page, no answer of
// the API, so nothing of a camera outlives its permission here. tiliksemar/pwa.py puts PORTAL in front:
// { version, offline, files, push, lamp }.
const CACHE = `tilik-${PORTAL.version}`;
self.LAMP = PORTAL.lamp;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    // Chromium: static files come from our cache or the network without waking this worker, and the rest never asks it.
    await event.addRoutes?.([
      { condition: { urlPattern: { pathname: "/static/*" } }, source: { cacheName: CACHE } },
      { condition: { urlPattern: { pathname: "/api/*" } }, source: "network" },
      { condition: { urlPattern: { pathname: "/hls/*" } }, source: "network" },
    ])?.catch?.(() => {});
    // A page comes by the network or by this worker, whichever is first: one that hangs, or wakes slowly, keeps nobody waiting.
    await event.addRoutes?.([{ condition: { requestMode: "navigate" }, source: "race-network-and-fetch-handler" }])?.catch?.(() => {});
    const cache = await caches.open(CACHE);
    await cache.addAll(PORTAL.files);
    // Without cookies: what is kept is the same for everybody who uses this phone.
    const page = await fetch(PORTAL.offline, { credentials: "omit", cache: "no-store" });
    if (!page.ok) throw new Error("no offline page");
    await cache.put(PORTAL.offline, page);
    // Safe at once: files have the hash of their content in their names, so an open page still finds its own.
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("tilik-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  })());
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(PORTAL.offline)) ?? Response.error();
  }
}

const kept = async (request) => (await caches.match(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (origin === location.origin && pathname.startsWith("/static/") && PORTAL.files.includes(pathname)) event.respondWith(kept(request));
});

importScripts(PORTAL.push);

// What the service worker does with news that is pushed to it: shows it, and opens its page on a tap.
(() => {
  const read = (data) => {
    try {
      return data.json();
    } catch {
      return {};
    }
  };
  // Only pages of the portal, whoever wrote the message.
  const pageOf = (path) => {
    const address = new URL(typeof path === "string" ? path : "/", self.location.origin);
    return address.origin === self.location.origin ? address.href : `${self.location.origin}/`;
  };

  async function open(address) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = pages.find((page) => page.url === address);
    return there ? there.focus() : self.clients.openWindow(address);
  }

  self.addEventListener("push", (event) => {
    const { title = "Tilik Semar", body = "", url = "/", tag = "" } = event.data ? read(event.data) : {};
    const options = { body, tag, renotify: tag !== "", requireInteraction: tag.startsWith("kentongan"), vibrate: [200, 100, 200, 100, 400], data: { url } };
    event.waitUntil(self.registration.showNotification(title, { ...options, ...self.LAMP }));
  });

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(pageOf(event.notification.data?.url)));
  });
})();

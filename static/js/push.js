// Notifications on this device while no page is open. Asked for on a person's tap alone.
import { ask } from "./api.js";
import { gettext } from "./words.js";

// Kept in the tab: for whom and in which language this browser was last told to the portal. everywhere.js takes it away where nobody
// is logged in, since the portal forgets a browser with its log-out.
const TOLD = "langganan-dikirim";
const NOW = `${document.querySelector("meta[name=akun]")?.content ?? ""}:${document.documentElement.lang}`;
const able = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const register = (subscription) => ask("/api/v1/push/", { method: "POST", body: subscription.toJSON() });

async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function turnOn(key) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("permission");
  const registration = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  await register(await registration.pushManager.subscribe(options));
}

async function turnOff() {
  const subscription = await current();
  if (subscription === null) return;
  await ask("/api/v1/push/forget/", { method: "POST", body: { endpoint: subscription.endpoint } });
  await subscription.unsubscribe();
}

// A browser that subscribed once tells the portal again after each log-in: its address may be another one by now.
export async function keepSubscription() {
  try {
    if (!able || Notification.permission !== "granted" || sessionStorage.getItem(TOLD) === NOW) return;
    const subscription = await current();
    if (subscription === null) return;
    await register(subscription);
    sessionStorage.setItem(TOLD, NOW);
  } catch {
    // the next page tries again
  }
}

// The part of a page with which a person switches it.
export async function usePush(root = document) {
  const part = root.querySelector("[data-push]");
  if (!part?.dataset.push) return;
  const [words, on, off] = ["push-words", "push-on", "push-off"].map((name) => part.querySelector(`[data-part="${name}"]`));
  const show = (text, isOn) => {
    words.textContent = text;
    on.hidden = isOn;
    off.hidden = !isOn;
  };
  if (!able) {
    words.textContent = gettext("Peramban ini tidak dapat menerima pemberitahuan. Di iPhone: tambahkan dulu portal ke layar utama.");
    return;
  }
  on.parentElement.hidden = false;
  const isOn = gettext("Menyala: kentongan terdengar di perangkat ini juga saat portal tidak dibuka.");
  if (Notification.permission === "granted" && (await current())) show(isOn, true);
  on.addEventListener("click", async () => {
    on.disabled = true;
    try {
      await turnOn(part.dataset.push);
      show(isOn, true);
    } catch (trouble) {
      const denied = Notification.permission === "denied";
      const blocked = gettext("Peramban menolak pemberitahuan untuk portal ini. Izinkan lewat tanda gembok di sebelah alamat.");
      show(denied ? blocked : trouble.detail ?? gettext("Belum berhasil. Coba lagi sebentar lagi."), false);
    }
    on.disabled = false;
  });
  off.addEventListener("click", async () => {
    try {
      await turnOff();
      show(gettext("Dimatikan untuk perangkat ini."), false);
    } catch (refusal) {
      show(refusal.detail ?? gettext("Belum berhasil. Coba lagi sebentar lagi."), true);
    }
  });
}

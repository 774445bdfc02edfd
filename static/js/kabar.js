// On every page of somebody who is logged in: the kentongan of their RT rings here, and what they are told appears.
import { comingOf, kindOf, stateOf } from "./alarm-words.js";
import { ask } from "./api.js";
import { listenToKabar } from "./kabar-socket.js";
import { hush, knock } from "./knocking.js";
import { keepSubscription } from "./push.js";
import { clock } from "./time.js";
import { gettext, interpolate } from "./words.js";

const CLOSED = "kabar-ditutup";
const GONE_AFTER = 20000; // milliseconds that the end of an alarm, or a word, stays
const me = Number(document.querySelector("meta[name=akun]")?.content);
const shown = new Map();
let place = null;

const make = (name, { text = "", ...fields } = {}, ...inner) => {
  const element = Object.assign(document.createElement(name), fields);
  element.append(...(text ? [text] : []), ...inner);
  return element;
};

function news() {
  place ??= document.body.appendChild(make("div", { className: "news" }));
  place.setAttribute("role", "alert");
  return place;
}

function closed() {
  try {
    return JSON.parse(sessionStorage.getItem(CLOSED) ?? "[]");
  } catch {
    return [];
  }
}

function close(id) {
  shown.get(id)?.remove();
  shown.delete(id);
  hush();
  try {
    sessionStorage.setItem(CLOSED, JSON.stringify([...closed(), id].slice(-50)));
  } catch {
    // a browser that keeps nothing: it comes again on the next page
  }
}

async function come(alarm, button) {
  hush();
  button.disabled = true;
  try {
    await ask(`/api/v1/alarms/${alarm.id}/coming/`, { method: "POST" });
    location.href = alarm.url;
  } catch (refusal) {
    button.disabled = false;
    button.parentElement.before(make("p", { text: refusal.detail }));
  }
}

function actions(alarm) {
  const line = make("p", { className: "actions" });
  if (alarm.state !== "ended" && alarm.caller_id !== me) {
    const button = make("button", { type: "button", text: gettext("Saya datang") });
    button.addEventListener("click", () => come(alarm, button));
    line.append(button);
  }
  line.append(make("a", { className: "button plain", href: alarm.url, text: gettext("Lihat") }));
  if (alarm.state !== "ended") {
    for (const number of ["112", "110"]) line.append(make("a", { className: "button plain", href: `tel:${number}`, text: number }));
  }
  const off = make("button", { type: "button", className: "plain", text: gettext("Tutup") });
  off.addEventListener("click", () => close(alarm.id));
  line.append(off);
  return line;
}

function show(alarm) {
  const card = shown.get(alarm.id) ?? news().appendChild(make("section", { className: "news-alarm" }));
  shown.set(alarm.id, card);
  card.dataset.state = alarm.state;
  const title = interpolate(gettext("Kentongan %(rt)s: %(kind)s"), { rt: alarm.rt_text, kind: kindOf(alarm) });
  const lines = [
    interpolate(gettext("%(who)s, pukul %(time)s. %(state)s."), { who: alarm.caller, time: clock(new Date(alarm.at)), state: stateOf(alarm) }),
    alarm.note && `“${alarm.note}”`,
    comingOf(alarm),
  ];
  card.replaceChildren(make("h2", { text: title }), ...lines.filter(Boolean).map((text) => make("p", { text })), actions(alarm));
  return card;
}

async function sound(card) {
  if (await knock()) return;
  const button = make("button", { type: "button", className: "plain", text: gettext("Nyalakan bunyi") });
  button.addEventListener("click", () => knock().then(() => button.remove()));
  card.querySelector(".actions")?.append(button);
}

function onAlarm(alarm) {
  document.dispatchEvent(new CustomEvent("kentongan", { detail: alarm }));
  const known = shown.has(alarm.id);
  if (document.querySelector(`[data-alarm="${alarm.id}"]`) || closed().includes(alarm.id)) return;
  if (alarm.state === "ended") {
    hush();
    if (!known) return;
    show(alarm);
    setTimeout(() => close(alarm.id), GONE_AFTER);
  } else {
    const card = show(alarm);
    if (!known && alarm.caller_id !== me) sound(card);
    else if (alarm.state === "answered") hush();
  }
}

function onWord({ title, body, url }) {
  const text = make("span", {}, make("b", { text: title }), make("small", { text: body }));
  const card = make("p", { className: "news-word" }, text, make("a", { href: url, text: gettext("Lihat") }));
  news().append(card);
  setTimeout(() => card.remove(), GONE_AFTER);
}

listenToKabar(({ type, alarms = [], alarm, word }) => {
  if (type === "snapshot") alarms.forEach(onAlarm);
  else if (type === "alarm") onAlarm(alarm);
  else if (type === "word" && word.url.startsWith("/")) onWord(word);
});
keepSubscription();

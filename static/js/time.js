// Times as people say them: "21.14", "3 menit lalu", "sejak kemarin 21.14". The zone is the installation's, not the phone's.
import { gettext, interpolate, language, ngettext } from "./words.js";

const zone = document.documentElement.dataset.zone || "Asia/Jakarta";
const locale = language === "id" ? "id-ID" : "en-GB";
const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: "h23", ...options });
const hourMinute = format({ hour: "2-digit", minute: "2-digit" });
const withSeconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayMonth = format({ day: "numeric", month: "short" });
const dayMonthYear = format({ day: "numeric", month: "short", year: "numeric" });
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
// Indonesian writes 21.14.
const dots = (text) => (language === "id" ? text.replaceAll(":", ".") : text);

export const clock = (date) => dots(hourMinute.format(date));
export const clockWithSeconds = (date) => dots(withSeconds.format(date));

export const dayAndClock = (date) => `${dayKey.format(date).split("-").reverse().join(".")} ${clock(date)}`;

// In one unit, rounded down.
export function ago(date, now = new Date()) {
  const minutes = Math.floor((now - date) / 60000);
  if (minutes < 1) return gettext("baru saja");
  const say = (text, n) => interpolate(text, { n });
  const [hours, days] = [Math.floor(minutes / 60), Math.floor(minutes / 1440)];
  const [months, years] = [Math.floor(days / 30), Math.floor(days / 365)];
  if (hours < 1) return say(ngettext("%(n)s menit lalu", "%(n)s menit lalu", minutes), minutes);
  if (days < 1) return say(ngettext("%(n)s jam lalu", "%(n)s jam lalu", hours), hours);
  if (months < 1) return say(ngettext("%(n)s hari lalu", "%(n)s hari lalu", days), days);
  if (years < 1) return say(ngettext("%(n)s bulan lalu", "%(n)s bulan lalu", months), months);
  return say(ngettext("%(n)s tahun lalu", "%(n)s tahun lalu", years), years);
}

export function since(date, now = new Date()) {
  const day = dayKey.format(date);
  const past = ago(date, now);
  const time = clock(date);
  if (day === dayKey.format(now)) return interpolate(gettext("sejak %(time)s, %(past)s"), { time, past });
  if (day === dayKey.format(new Date(now - 86400000))) return interpolate(gettext("sejak kemarin %(time)s, %(past)s"), { time, past });
  const sameYear = day.slice(0, 4) === dayKey.format(now).slice(0, 4);
  return interpolate(gettext("sejak %(day)s, %(past)s"), { day: (sameYear ? dayMonth : dayMonthYear).format(date), past });
}

// Every <time data-since> on the page stays true while the page stays open.
export function keepFresh() {
  const refresh = () => {
    for (const element of document.querySelectorAll("time[data-since]")) {
      element.textContent = since(new Date(element.dateTime));
    }
  };
  refresh();
  setInterval(refresh, 30000);
}

// The day that it is in the city: "2026-11-21".
export const today = () => dayKey.format(new Date());

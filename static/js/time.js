// Times as people say them: "21.14", "3 menit lalu", "sejak kemarin 21.14". The zone is the installation's, not the phone's.
const zone = document.documentElement.dataset.zone || "Asia/Jakarta";
const format = (options) => new Intl.DateTimeFormat("id-ID", { timeZone: zone, hourCycle: "h23", ...options });
const hourMinute = format({ hour: "2-digit", minute: "2-digit" });
const withSeconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayMonth = format({ day: "numeric", month: "short" });
const dayMonthYear = format({ day: "numeric", month: "short", year: "numeric" });
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
const dots = (text) => text.replaceAll(":", ".");

export const clock = (date) => dots(hourMinute.format(date));
export const clockWithSeconds = (date) => dots(withSeconds.format(date));

export const dayAndClock = (date) => `${dayKey.format(date).split("-").reverse().join(".")} ${clock(date)}`;

export function ago(date, now = new Date()) {
  const minutes = Math.floor((now - date) / 60000);
  if (minutes < 1) return "baru saja";
  if (minutes < 60) return `${minutes} menit lalu`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} jam lalu`;
  const days = Math.floor(hours / 24);
  if (days < 30) return `${days} hari lalu`;
  return days < 365 ? `${Math.floor(days / 30)} bulan lalu` : `${Math.floor(days / 365)} tahun lalu`;
}

export function since(date, now = new Date()) {
  const day = dayKey.format(date);
  if (day === dayKey.format(now)) return `sejak ${clock(date)}, ${ago(date, now)}`;
  if (day === dayKey.format(new Date(now - 86400000))) return `sejak kemarin ${clock(date)}, ${ago(date, now)}`;
  const sameYear = day.slice(0, 4) === dayKey.format(now).slice(0, 4);
  return `sejak ${(sameYear ? dayMonth : dayMonthYear).format(date)}, ${ago(date, now)}`;
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

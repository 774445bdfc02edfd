// What the watch page says in each state. Every sentence is for a resident, none for a technician.
import * as is from "./watch-state.js";
import { since } from "./time.js";
import { gettext } from "./words.js";

const CONNECTING = {
  ask: [gettext("Menyambung…"), gettext("Menghubungi portal.")],
  queue: [gettext("Menyambung…"), gettext("Menunggu giliran disambungkan ke kamera.")],
  camera: [gettext("Menyambung…"), gettext("Menghubungi kamera. Biasanya 2 sampai 5 detik.")],
  picture: [gettext("Menyambung…"), gettext("Kamera sudah menjawab. Menunggu gambar pertama.")],
  again: [gettext("Menyambung lagi…"), gettext("Gambar dari kamera terputus. Portal sedang mencoba lagi.")],
};

function offline({ health, stream }) {
  const failed = stream.state === "failed";
  const reason = (failed && stream.reason_text) || health.reason_text || gettext("Kamera tidak mengirim gambar");
  const when = health.status === "offline" && health.since ? since(new Date(health.since)) : "";
  const trying = stream.state && !failed ? gettext("Sedang dicoba lagi…") : "";
  const mender = (failed && stream.mender) || health.mender;
  return { title: gettext("Kamera mati"), text: `${reason}${when && `, ${when}`}.`, small: [mender, trying].filter(Boolean).join(" "), again: true };
}

const WORDS = {
  [is.CONNECTING]: ({ step }) => ({ title: CONNECTING[step][0], text: CONNECTING[step][1], busy: true }),
  [is.LIVE]: () => ({ title: gettext("Langsung") }),
  [is.OFFLINE]: offline,
  [is.HIDDEN]: ({ why }) => ({ title: gettext("Kamera disembunyikan"), text: why || gettext("Gambarnya sedang tidak dibuka untuk Anda."), small: gettext("Gambar terbuka lagi sendiri begitu Anda boleh melihat.") }),
  [is.BUSY]: () => ({ title: gettext("Sedang penuh"), text: gettext("Terlalu banyak kamera ditonton saat ini."), countdown: true, again: true }),
  [is.DISCONNECTED]: () =>
    navigator.onLine
      ? { title: gettext("Portal tidak dapat dihubungi"), text: gettext("Mungkin sambungan Anda, mungkin portalnya."), countdown: true, again: true }
      : { title: gettext("Sambungan Anda terputus"), text: gettext("Periksa paket data atau Wi-Fi."), countdown: true, again: true },
  [is.UNAVAILABLE]: () => ({ title: gettext("Layanan gambar tidak tersedia"), text: gettext("Portal belum dapat mengambil gambar. Ini bukan salah kameranya."), countdown: true, again: true }),
  [is.PAUSED]: () => ({ title: gettext("Dijeda"), text: gettext("Gambar dihentikan selama halaman tidak dilihat, agar hemat data.") }),
  [is.SAVED]: () => ({ title: gettext("Hemat data menyala"), text: gettext("Gambar terakhir, diperbarui tiap 30 detik. Ketuk untuk menonton langsung."), play: true }),
  [is.TAP]: () => ({ title: gettext("Ketuk untuk memutar"), text: gettext("Peramban Anda menunggu satu ketukan."), play: true }),
};

export const wordsFor = (state) => WORDS[state.name](state);

// What the watch page says in each state. Every sentence is for a resident, none for a technician.
import * as is from "./watch-state.js";
import { since } from "./time.js";

const CONNECTING = {
  ask: ["Menyambung…", "Menghubungi portal."],
  queue: ["Menyambung…", "Menunggu giliran disambungkan ke kamera."],
  camera: ["Menyambung…", "Menghubungi kamera. Biasanya 2 sampai 5 detik."],
  picture: ["Menyambung…", "Kamera sudah menjawab. Menunggu gambar pertama."],
  again: ["Menyambung lagi…", "Gambar dari kamera terputus. Portal sedang mencoba lagi."],
};

function offline({ health, stream }) {
  const failed = stream.state === "failed";
  const reason = (failed && stream.reason_text) || health.reason_text || "Kamera tidak mengirim gambar";
  const when = health.status === "offline" && health.since ? since(new Date(health.since)) : "";
  const trying = stream.state && !failed ? "Sedang dicoba lagi…" : "";
  const mender = (failed && stream.mender) || health.mender;
  return { title: "Kamera mati", text: `${reason}${when && `, ${when}`}.`, small: [mender, trying].filter(Boolean).join(" "), again: true };
}

const WORDS = {
  [is.CONNECTING]: ({ step }) => ({ title: CONNECTING[step][0], text: CONNECTING[step][1], busy: true }),
  [is.LIVE]: () => ({ title: "Langsung" }),
  [is.OFFLINE]: offline,
  [is.HIDDEN]: ({ why }) => ({ title: "Kamera disembunyikan", text: why || "Gambarnya sedang tidak dibuka untuk Anda.", small: "Gambar terbuka lagi sendiri begitu Anda boleh melihat." }),
  [is.BUSY]: () => ({ title: "Sedang penuh", text: "Terlalu banyak kamera ditonton saat ini.", countdown: true, again: true }),
  [is.DISCONNECTED]: () =>
    navigator.onLine
      ? { title: "Portal tidak dapat dihubungi", text: "Mungkin sambungan Anda, mungkin portalnya.", countdown: true, again: true }
      : { title: "Sambungan Anda terputus", text: "Periksa paket data atau Wi-Fi.", countdown: true, again: true },
  [is.UNAVAILABLE]: () => ({ title: "Layanan gambar tidak tersedia", text: "Portal belum dapat mengambil gambar. Ini bukan salah kameranya.", countdown: true, again: true }),
  [is.PAUSED]: () => ({ title: "Dijeda", text: "Gambar dihentikan selama halaman tidak dilihat, agar hemat data." }),
  [is.TAP]: () => ({ title: "Ketuk untuk memutar", text: "Peramban Anda menunggu satu ketukan.", play: true }),
};

export const wordsFor = (state) => WORDS[state.name](state);

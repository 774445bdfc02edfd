// "Dekat saya": where the phone is. It is asked only on a tap, stays in the browser, and is never sent to the portal.
import { gettext } from "./words.js";

const WORDS = {
  1: gettext("Izin lokasi tidak diberikan. Izinkan lokasi untuk situs ini di pengaturan peramban, atau cari nama kelurahan Anda."),
  2: gettext("Tempat Anda tidak dapat ditemukan. Nyalakan lokasi di ponsel, atau cari nama kelurahan Anda."),
  3: gettext("Tempat Anda belum ditemukan. Coba lagi di dekat jendela, atau cari nama kelurahan Anda."),
};

const ask = () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 }));

// The place as { lat, lon, metres }, or words that say why there is none: { words }.
export async function whereAmI() {
  if (!isSecureContext || !navigator.geolocation) {
    return { words: gettext("Lokasi hanya dapat dipakai bila portal dibuka dengan https. Cari nama kelurahan Anda.") };
  }
  try {
    const { coords } = await ask();
    return { lat: coords.latitude, lon: coords.longitude, metres: coords.accuracy };
  } catch (problem) {
    return { words: WORDS[problem.code] ?? WORDS[2] };
  }
}

export function drawMe(frame, { lat, lon, metres }, paint) {
  const { pen } = frame;
  const [x, y] = frame.at(lat, lon);
  const radius = (metres / (40075016 * Math.cos((lat * Math.PI) / 180))) * frame.size;
  pen.beginPath();
  pen.arc(x, y, Math.min(radius, 400), 0, 2 * Math.PI);
  pen.globalAlpha = 0.15;
  pen.fillStyle = paint.lamp;
  pen.fill();
  pen.globalAlpha = 1;
  pen.beginPath();
  pen.arc(x, y, 8, 0, 2 * Math.PI);
  Object.assign(pen, { fillStyle: paint.lamp, lineWidth: 3, strokeStyle: paint.card });
  pen.fill();
  pen.stroke();
}

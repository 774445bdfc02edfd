// What the codes of an alarm are called.
import { gettext, interpolate } from "./words.js";

const KINDS = {
  maling: gettext("Maling"), kebakaran: gettext("Kebakaran"), banjir: gettext("Banjir"), medis: gettext("Orang sakit"), lainnya: gettext("Bahaya lain"),
};
const STATES = { ringing: gettext("Berbunyi"), answered: gettext("Ada yang datang"), ended: gettext("Selesai") };
const ENDINGS = { aman: gettext("Sudah aman"), palsu: gettext("Alarm keliru"), lewat: gettext("Lewat waktu") };

export const kindOf = (alarm) => KINDS[alarm.kind] ?? alarm.kind;
export const stateOf = (alarm) => (alarm.state === "ended" ? ENDINGS[alarm.ending] : STATES[alarm.state]) ?? alarm.state;
export const comingOf = ({ coming }) => (coming.length ? interpolate(gettext("Datang: %(names)s"), { names: coming.join(", ") }) : "");

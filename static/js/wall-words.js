// What the wall says of how many of its pictures are live, and why not more.
import { REASONS } from "./wall-budget.js";
import { interpolate, gettext } from "./words.js";

const LIMITS = {
  [REASONS.DATA]: () => gettext("Hemat data menyala: ketuk sebuah kamera untuk melihatnya langsung."),
  [REASONS.LINE]: () => gettext("%(n)s gambar langsung: lebih dari itu sambungan Anda tidak sanggup. Yang lain gambar diam."),
  [REASONS.PROTOCOL]: () => gettext("%(n)s gambar langsung: lebih dari itu alamat portal ini tidak sanggup sekaligus. Yang lain gambar diam."),
  [REASONS.DEVICE]: () => gettext("%(n)s gambar langsung: lebih dari itu perangkat ini tidak sanggup. Yang lain gambar diam."),
  [REASONS.PHONE]: () => gettext("%(n)s gambar langsung, agar baterai dan kuota Anda awet. Yang lain gambar diam."),
  [REASONS.PORTAL]: () => "",
};

// `bears`: the budget; `live`: how many are; `large`: how many tiles are large enough to be.
export function wordsOf({ bears, live, large, chosen }) {
  if (chosen) return "";
  if (large === 0) return gettext("Ketuk sebuah kamera untuk melihatnya langsung.");
  return large > bears.most ? interpolate(LIMITS[bears.why](), { n: live }) : "";
}

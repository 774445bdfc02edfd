// How many live pictures a wall may show, and which. Pure: what is known of device and connection goes in, a number comes out.
// More than a phone or a line bears is worse than none: everything stutters, and the person pays for it.

export const LEAST_WIDTH = 300; // CSS pixels: on a smaller tile nobody sees the difference
export const MOST = 36; // of the portal, for one person
const OF_ONE_HOST = 4; // over HTTP/1.1 a browser opens six connections, and playlists are held: two are left for everything else
const EACH = 0.8; // Mbit/s of a small picture, with some room
const LINE = 0.7; // of the line, the share that a wall may take
const KNOWN_LINE = 10; // Mbit/s: browsers say no more than that, so it is no limit
const NARROW = 700; // CSS pixels: a phone, which has a battery
const ON_A_PHONE = 4;

export const REASONS = { DATA: "data", LINE: "line", PROTOCOL: "protocol", DEVICE: "device", PHONE: "phone", PORTAL: "portal" };

// `protocol`: of the page, as nextHopProtocol says it; `width`: of the page in CSS pixels. What a browser does not tell is undefined.
// Answers { most, why }: `why` is the narrowest of the limits.
export function liveBudget({ cores, memory, protocol = "", saving = false, effectiveType, downlink, width = Infinity }) {
  const limits = [
    [saving ? 0 : MOST, REASONS.DATA],
    [{ "slow-2g": 0, "2g": 0, "3g": 1 }[effectiveType] ?? MOST, REASONS.LINE],
    [downlink > 0 && downlink < KNOWN_LINE ? Math.floor((downlink * LINE) / EACH) : MOST, REASONS.LINE],
    [/^h[23]/.test(protocol) ? MOST : OF_ONE_HOST, REASONS.PROTOCOL],
    [(cores ?? 2) * 2, REASONS.DEVICE],
    [memory > 0 ? Math.max(1, memory * 3) : MOST, REASONS.DEVICE],
    [width < NARROW ? ON_A_PHONE : MOST, REASONS.PHONE],
  ];
  const [most, why] = limits.reduce((least, one) => (one[0] < least[0] ? one : least), [MOST, REASONS.PORTAL]);
  return { most: Math.max(0, Math.floor(most)), why };
}

// Which tiles are to be live. A tile: { id, order, width, onScreen, chosen, may, live, restsUntil }; `may`: its picture is open to
// this person and the camera works. One that somebody chose is the only one, and is shown also where the budget has none.
export function chooseLive(tiles, { most, now, full = false }) {
  const chosen = tiles.find((tile) => tile.chosen);
  if (chosen) return chosen.may ? [chosen.id] : [];
  return tiles
    .filter((tile) => tile.may && tile.onScreen && tile.width >= LEAST_WIDTH && tile.restsUntil <= now && (tile.live || !full))
    .sort((one, other) => Number(other.live) - Number(one.live) || one.order - other.order)
    .slice(0, most)
    .map((tile) => tile.id);
}

// Tiles in a row: what was wished, as far as the screen is wide enough and there are cameras for it.
export function sideFor(wished, { width, cameras }) {
  const fits = Math.min(6, Math.max(1, Math.floor(width / 160)));
  const needed = Math.max(1, Math.ceil(Math.sqrt(cameras)));
  return Math.max(1, Math.min(wished, fits, needed));
}

export const pagesOf = (cameras, side) => Math.max(1, Math.ceil(cameras / (side * side)));

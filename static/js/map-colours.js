// The map's colours of the moment: those of the style sheet, by day or by night.
export const dark = matchMedia("(prefers-color-scheme: dark)");

const NAMES = {
  ground: "--map-ground", land: "--map-land", line: "--map-line", text: "--map-text", halo: "--map-halo", ring: "--map-ring", lamp: "--lamp", lit: "--lamp-glow",
  online: "--online", offline: "--offline", unknown: "--unknown", ink: "--ink", card: "--card",
};

export function colours() {
  const css = getComputedStyle(document.documentElement);
  return Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, css.getPropertyValue(name).trim()]));
}

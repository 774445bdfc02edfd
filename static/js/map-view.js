// The city's map as every page has it: what lies under it, the boundaries with their names, and what a page paints over them.
// Needs Leaflet, which a page loads beside its modules; without it `createCityMap` throws, and the page does with its lists.
import { ask } from "./api.js";
import { addBase } from "./map-base.js";
import { Boundaries } from "./map-boundaries.js";
import { addCanvas } from "./map-canvas.js";
import { colours, dark } from "./map-colours.js";
import { drawNames } from "./map-names.js";
import { gettext } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function leafletMap(L, root, base) {
  const [south, west, north, east] = root.dataset.bounds.split(",").map(Number);
  const map = L.map(root, {
    attributionControl: false, // the credit line of the page is always open
    zoomControl: false,
    minZoom: 8,
    maxZoom: 19,
    zoomSnap: base ? 1 : 0.25, // tiles are sharp at whole steps only
    wheelPxPerZoomLevel: 90,
    wheelDebounceTime: 20,
    bounceAtZoomLimits: false,
    zoomAnimation: !calm.matches,
    inertia: !calm.matches,
  });
  L.control.zoom({ position: "topright", zoomInTitle: gettext("Perbesar"), zoomOutTitle: gettext("Perkecil") }).addTo(map);
  map.fitBounds([[south, west], [north, east]], { animate: false });
  return map;
}

// Follows the room that the page gives it; not while a zoom is under way, which Leaflet would then never finish.
function keepSize(map, root) {
  let zooming = false;
  let due = false;
  const follow = () => {
    due = zooming;
    if (!zooming) map.invalidateSize({ animate: false });
  };
  map.on("zoomanim", () => (zooming = true));
  map.on("zoomend", () => {
    zooming = false;
    if (due) requestAnimationFrame(follow);
  });
  new ResizeObserver(follow).observe(root);
}

// `paint(frame, colours)` draws what is the page's own and returns the boxes where no name may stand.
export function createCityMap(root, { paint = () => [] } = {}) {
  const L = globalThis.L;
  if (!L) throw new Error("the map's library did not load");
  const base = Boolean(root.dataset.tiles || root.dataset.file);
  const map = leafletMap(L, root, base);
  const city = { L, map, base, boundaries: null, lit: new Set(), official: true };
  let inks = colours();

  const canvas = addCanvas(L, map, (frame) => {
    city.boundaries?.draw(frame, inks, { base, lit: city.lit });
    const taken = paint(frame, inks);
    if (city.boundaries && !base) drawNames(frame, city.boundaries.names(frame.zoom), taken, inks);
  });
  city.redraw = canvas.redraw;
  city.frame = canvas.frame;
  keepSize(map, root);
  dark.addEventListener("change", () => {
    inks = colours();
    canvas.redraw();
  });
  addBase(L, map, root.dataset).catch(() => city.redraw());

  // Lets places light up; drawn anew only where that changes something.
  city.light = (places) => {
    const wanted = new Set(places.filter(Boolean));
    if (wanted.size === city.lit.size && [...wanted].every((place) => city.lit.has(place))) return;
    city.lit = wanted;
    canvas.redraw();
  };
  city.loadBoundaries = async () => {
    const shapes = await ask(root.dataset.boundaries).catch(() => null);
    if (shapes?.features.length) city.boundaries = new Boundaries(shapes);
    canvas.redraw();
    return city.boundaries;
  };
  city.fit = ([south, west, north, east], options = {}) => map.fitBounds([[south, west], [north, east]], { padding: [12, 12], ...options });
  root.map = map;
  return city;
}

// The map of the form: a tap sets the place. Without it the two fields are typed.
import { Map as MapLibre, Marker, NavigationControl, setWorkerUrl } from "../vendor/maplibre-gl.mjs";
import { ask } from "./api.js";
import { dark, extent, showBoundaries, style } from "./map-style.js";

const root = document.querySelector("#titik");
const latitude = document.querySelector("[name=latitude]");
const longitude = document.querySelector("[name=longitude]");
const { worker, tiles, bounds, boundaries } = root.dataset;
const [south, west, north, east] = bounds.split(",").map(Number);

function typed() {
  const place = [longitude, latitude].map((field) => (field.value.trim() ? Number(field.value.replace(",", ".")) : NaN));
  return place.every(Number.isFinite) ? place : null;
}

function createMap() {
  setWorkerUrl(worker);
  root.hidden = false;
  const map = new MapLibre({
    container: root, style: style(tiles), bounds: [[west, south], [east, north]], minZoom: 8, maxZoom: 19,
    dragRotate: false, pitchWithRotate: false, attributionControl: false,
    locale: { "NavigationControl.ZoomIn": "Perbesar", "NavigationControl.ZoomOut": "Perkecil", "Map.Title": "Peta" },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  return map;
}

function follow(map) {
  const marker = new Marker();
  const show = () => {
    const place = typed();
    if (place) marker.setLngLat(place).addTo(map);
    else marker.remove();
  };
  map.on("click", ({ lngLat }) => {
    latitude.value = lngLat.lat.toFixed(6);
    longitude.value = lngLat.lng.toFixed(6);
    show();
  });
  for (const field of [latitude, longitude]) field.addEventListener("change", show);
  show();
}

async function start() {
  const map = createMap();
  root.map = map;
  document.querySelector("#petunjuk-titik").hidden = false;
  follow(map);
  const [shapes] = await Promise.all([ask(boundaries).catch(() => null), new Promise((done) => map.once("load", done))]);
  const draw = () => shapes && showBoundaries(map, shapes);
  draw();
  if (extent(shapes)) map.fitBounds(extent(shapes), { padding: 8, animate: false });
  dark.addEventListener("change", () => {
    map.setStyle(style(tiles), { diff: false });
    map.once("styledata", draw);
  });
  root.dataset.ready = "yes";
}

start().catch(() => {
  root.hidden = true; // no WebGL: the fields alone
});

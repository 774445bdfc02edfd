// The public map. Everything it shows stands in the list beneath it too.
import { Map as MapLibre, NavigationControl, setWorkerUrl } from "../vendor/maplibre-gl.mjs";
import { wishAhead } from "./ahead.js";
import { ask } from "./api.js";
import { keepFresh } from "./time.js";
import { Cameras } from "./map-cameras.js";
import { addCameraLayers, openCluster, under } from "./map-layers.js";
import { createSheet, showList } from "./map-list.js";
import { dark, extent, showBoundaries, style } from "./map-style.js";

wishAhead();

const root = document.querySelector("#peta");
const { worker, tiles, bounds, cameras: camerasPath, boundaries: boundariesPath } = root.dataset;
const [south, west, north, east] = bounds.split(",").map(Number);

function createMap() {
  setWorkerUrl(worker);
  const map = new MapLibre({
    container: root,
    style: style(tiles),
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 12 },
    minZoom: 8,
    maxZoom: 19,
    hash: true,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false, // the credit line of the page is always open
    locale: { "NavigationControl.ZoomIn": "Perbesar", "NavigationControl.ZoomOut": "Perkecil", "Map.Title": "Peta kamera" },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  return map;
}

// On a phone the card would lie on the camera that was tapped: move the map so that it stays in sight.
async function open(map, sheet, cameras, ids) {
  const card = await sheet.show(ids);
  const at = cameras.features.get(ids[0])?.geometry.coordinates;
  if (!card || !at) return;
  const free = card.top - root.getBoundingClientRect().top;
  if (map.project(at).y > free - 24 && card.width > root.clientWidth / 2) {
    map.easeTo({ center: at, offset: [0, free / 2 - root.clientHeight / 2] });
  }
}

function draw(map, cameras, shapes) {
  if (shapes) showBoundaries(map, shapes);
  addCameraLayers(map, cameras.collection());
}

function react(map, cameras, sheet) {
  map.on("moveend", () => showList(map, cameras.features));
  map.on("click", ({ point }) => {
    const { cluster, ids } = under(map, point);
    if (cluster) openCluster(map, cluster);
    else if (ids) open(map, sheet, cameras, ids);
    else sheet.close();
  });
  map.on("mousemove", ({ point }) => {
    const { cluster, ids } = under(map, point);
    map.getCanvas().style.cursor = cluster || ids ? "pointer" : "";
  });
}

// Without WebGL: the list alone, just as true.
function withoutMap() {
  root.hidden = true;
  document.querySelector("#tanpa-peta").hidden = false;
  return null;
}

async function start() {
  const linked = location.hash.length > 1; // a link that keeps somebody's view
  const boundaries = ask(boundariesPath).catch(() => null);
  let map;
  try {
    map = createMap();
  } catch {
    map = withoutMap();
  }
  root.map = map;
  const sheet = createSheet();
  const cameras = new Cameras((changed) => {
    map?.getSource("cameras")?.setData(cameras.collection());
    showList(map, cameras.features);
    sheet.refresh(changed);
  });
  await Promise.all([map && new Promise((done) => map.once("load", done)), cameras.load(camerasPath)]);
  const shapes = await boundaries;
  if (map) {
    document.querySelector("#batas-contoh").hidden = !shapes || shapes.official;
    draw(map, cameras, shapes);
    if (!linked && extent(shapes)) map.fitBounds(extent(shapes), { padding: 16, animate: false });
    react(map, cameras, sheet);
    dark.addEventListener("change", () => {
      map.setStyle(style(tiles), { diff: false });
      map.once("styledata", () => draw(map, cameras, shapes));
    });
  }
  showList(map, cameras.features);
  root.dataset.ready = map ? "yes" : "list";
}

keepFresh();
start().catch((problem) => {
  root.dataset.ready = "failed";
  document.querySelector("#ringkasan").textContent = problem.detail ?? "Peta tidak dapat ditampilkan di peramban ini.";
});

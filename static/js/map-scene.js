// What of the answer is on the screen, how it is painted, and what lies under a finger.
import { apart } from "./map-apart.js";
import { countOf, drawCamera, drawCluster, radiusOf } from "./map-marks.js";

const REACH = 18; // px: a finger is wider than a mouse
const TOGETHER = 4; // px: cameras on one pole cannot be tapped apart

const distance = (map, point, { lat, lon, shown = [lat, lon] }) => point.distanceTo(map.latLngToContainerPoint(shown));

// The rings and cameras within the view, rings by where they are drawn; cameras the nearest to its middle first.
export function inView(map, { clusters, cameras }) {
  apart(clusters, map.getZoom());
  const box = map.getBounds();
  const middle = map.getCenter();
  const inside = ({ lat, lon, shown = [lat, lon] }) => box.contains(shown);
  const far = ({ lat, lon }) => (lat - middle.lat) ** 2 + (lon - middle.lng) ** 2;
  return {
    clusters: clusters.filter(inside).sort((a, b) => a.name.localeCompare(b.name, "id")),
    cameras: cameras.filter(inside).sort((a, b) => far(a) - far(b)),
  };
}

// Paints them, `chosen` being the ids of the cameras of the open card; the boxes that they take, for the names to stay away from.
export function paintScene(frame, { clusters, cameras }, paint, chosen) {
  apart(clusters, frame.zoom);
  const taken = [];
  const take = ([x, y], r) => taken.push([x - r, y - r, x + r, y + r]);
  const drawn = ({ lat, lon, shown = [lat, lon] }) => {
    const at = frame.at(...shown);
    return frame.holds(...at, 40) ? at : null;
  };
  const last = cameras.filter(({ id }) => chosen.includes(id));
  for (const camera of [...cameras, ...last]) {
    const at = drawn(camera);
    if (!at) continue;
    drawCamera(frame.pen, camera, at, paint, { zoom: frame.zoom, chosen: chosen.includes(camera.id) });
    take(at, 10);
  }
  // The fewer stand over the many.
  for (const cluster of [...clusters].sort((a, b) => countOf(b) - countOf(a))) {
    const at = drawn(cluster);
    if (!at) continue;
    drawCluster(frame.pen, cluster, at, paint);
    take(at, radiusOf(cluster) + 2);
  }
  return taken;
}

// { cluster } or { ids } or {}: what is nearest to this point of the map's box.
export function under(map, point, { clusters, cameras }) {
  let best = { far: Infinity };
  for (const cluster of clusters) {
    const far = distance(map, point, cluster);
    if (far < Math.max(REACH, radiusOf(cluster)) && far < best.far) best = { far, cluster };
  }
  const close = cameras.map((camera) => ({ id: camera.id, far: distance(map, point, camera) })).filter(({ far }) => far < REACH);
  const nearest = Math.min(...close.map(({ far }) => far));
  if (nearest < best.far) return { ids: close.filter(({ far }) => far < nearest + TOGETHER).sort((a, b) => a.far - b.far).map(({ id }) => id) };
  return best.cluster ? { cluster: best.cluster } : {};
}

// Rings that would cover each other are moved apart, no farther than needed and never far from where they belong. Distances in pixels.
import { LARGEST, radiusOf } from "./map-marks.js";
import { place, world, worldSize } from "./mercator.js";

const GAP = 2;
const FARTHEST = 40;
const ROUNDS = 40;
const placed = new WeakMap(); // rings to the zoom that they were placed for

// Two rings, each giving way by half; whether they were too close.
function part(a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const far = Math.hypot(dx, dy);
  const missing = a.radius + b.radius + GAP - far;
  if (missing <= 0.5) return false;
  const [east, south] = far ? [dx / far, dy / far] : [1, 0];
  a.x -= (east * missing) / 2;
  a.y -= (south * missing) / 2;
  b.x += (east * missing) / 2;
  b.y += (south * missing) / 2;
  return true;
}

function round(rings) {
  rings.sort((a, b) => a.x - b.x);
  let close = false;
  rings.forEach((ring, index) => {
    for (let next = index + 1; next < rings.length && rings[next].x - ring.x < 2 * LARGEST + GAP; next++) {
      close = part(ring, rings[next]) || close;
    }
  });
  return close;
}

// Gives each of `clusters` a `shown`, [lat, lon]: where it is drawn at this zoom.
export function apart(clusters, zoom) {
  if (placed.get(clusters) === zoom) return;
  placed.set(clusters, zoom);
  const size = worldSize(zoom);
  const rings = clusters.map((cluster) => {
    const [x, y] = world(cluster.lat, cluster.lon).map((share) => share * size);
    return { cluster, radius: radiusOf(cluster), x, y, home: [x, y] };
  });
  for (let rounds = 0; rounds < ROUNDS && round(rings); rounds++);
  for (const { cluster, x, y, home } of rings) {
    const [dx, dy] = [x - home[0], y - home[1]];
    const less = Math.min(1, FARTHEST / (Math.hypot(dx, dy) || 1));
    cluster.shown = place((home[0] + dx * less) / size, (home[1] + dy * less) / size);
  }
}

// Cameras on the map: single ones as coloured dots, many as a ring whose arcs are the share that is on, off and unknown.
import { colours } from "./map-style.js";

const STEPS = 8; // arcs in eighths: 45 pictures serve every cluster

function ring(on, off, paint, scale) {
  const size = 44 * scale;
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = canvas.getContext("2d");
  const half = size / 2;
  const width = 5 * scale;
  pen.fillStyle = paint.card;
  pen.beginPath();
  pen.arc(half, half, half - width / 2, 0, 2 * Math.PI);
  pen.fill();
  let start = 0;
  for (const [eighths, colour] of [[on, paint.online], [off, paint.offline], [STEPS - on - off, paint.unknown]]) {
    const angle = (share) => (share / STEPS) * 2 * Math.PI - Math.PI / 2;
    pen.beginPath();
    pen.arc(half, half, half - width / 2 - scale, angle(start), angle(start + eighths));
    Object.assign(pen, { lineWidth: width, strokeStyle: colour });
    if (eighths) pen.stroke();
    start += eighths;
  }
  return pen.getImageData(0, 0, size, size);
}

function drawRings(map, paint) {
  for (let on = 0; on <= STEPS; on++) {
    for (let off = 0; on + off <= STEPS; off++) {
      map.addImage(`ring-${on}-${off}`, ring(on, off, paint, 2), { pixelRatio: 2 });
    }
  }
}

// A single dead camera among many must still be seen: any share is at least one eighth.
const share = (status, most) => ["case", ["==", ["get", status], 0], 0, ["min", most, ["max", 1, ["round", ["/", ["*", STEPS, ["get", status]], ["get", "point_count"]]]]]];
const all = (...statuses) => ["==", ["+", 0, ...statuses.map((status) => ["get", status])], ["get", "point_count"]];
const left = ["-", STEPS, ["var", "on"]];
const on = ["case", all("online"), STEPS, share("online", STEPS - 1)];
const off = ["case", all("online", "offline"), left, share("offline", ["-", left, 1])];
const RING = ["let", "on", on, ["concat", "ring-", ["to-string", ["var", "on"]], "-", ["to-string", ["max", 0, off]]]];
const count = (status) => ["+", ["case", ["==", ["get", "status"], status], 1, 0]];

export function addCameraLayers(map, data) {
  const paint = colours();
  drawRings(map, paint);
  map.addSource("cameras", {
    type: "geojson", data, cluster: true, clusterRadius: 44, clusterMaxZoom: 16,
    clusterProperties: { online: count("online"), offline: count("offline") },
  });
  map.addLayer({
    id: "clusters", type: "symbol", source: "cameras", filter: ["has", "point_count"],
    layout: {
      "icon-image": RING,
      "icon-allow-overlap": true, "icon-padding": 0, "text-allow-overlap": true, "text-font": ["Open Sans Bold"],
      "text-field": ["get", "point_count_abbreviated"], "text-size": 14,
      "icon-size": ["step", ["get", "point_count"], 0.85, 10, 1, 100, 1.2],
    },
    paint: { "text-color": paint.ink },
  });
  map.addLayer({
    id: "cameras", type: "circle", source: "cameras", filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 6, 16, 10],
      "circle-color": ["match", ["get", "status"], "online", paint.online, "offline", paint.offline, paint.unknown],
      "circle-opacity": ["case", ["get", "watchable"], 1, 0.35],
      "circle-stroke-width": 2.5,
      "circle-stroke-color": paint.ring,
    },
  });
}

// What lies under a finger, which is wider than a mouse: the nearest cluster, or every camera within reach.
export function under(map, { x, y }) {
  const reach = 16;
  const found = map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: ["cameras", "clusters"] });
  const distance = (feature) => {
    const at = map.project(feature.geometry.coordinates);
    return Math.hypot(at.x - x, at.y - y);
  };
  found.sort((a, b) => distance(a) - distance(b));
  if (!found.length) return {};
  if (found[0].properties.cluster) return { cluster: found[0] };
  const close = found.filter((feature) => !feature.properties.cluster && distance(feature) < distance(found[0]) + 4);
  return { ids: [...new Set(close.map((feature) => feature.properties.id))] };
}

export async function openCluster(map, cluster) {
  const zoom = await map.getSource("cameras").getClusterExpansionZoom(cluster.properties.cluster_id);
  map.easeTo({ center: cluster.geometry.coordinates, zoom: zoom + 0.3 });
}

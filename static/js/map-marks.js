// Cameras on the map. Many together: a ring whose arcs are the share that is on, off and unknown, with their number. One by itself: a
// shape for its category, a colour and a sign for its status, so that nobody needs to tell red from green.
const STATUSES = ["online", "offline", "unknown"];
const LEAST = 0.08; // a single dead camera among a thousand is still an arc that can be seen

export const countOf = (cluster) => STATUSES.reduce((sum, status) => sum + cluster[status], 0);

export const LARGEST = 28; // px, radius of a ring

export function radiusOf(cluster) {
  const count = countOf(cluster);
  return count < 10 ? 17 : count < 100 ? 20 : count < 1000 ? 24 : LARGEST;
}

export const short = (count) => (count < 10000 ? String(count) : `${Math.floor(count / 1000)}rb`);

// The arcs as shares of the whole; each status that is there has at least `LEAST`.
function shares(cluster) {
  const count = countOf(cluster);
  const raised = STATUSES.map((status) => (cluster[status] ? Math.max(LEAST, cluster[status] / count) : 0));
  const sum = raised.reduce((a, b) => a + b, 0);
  return STATUSES.map((status, index) => [status, raised[index] / sum]).filter(([, share]) => share);
}

export function drawCluster(pen, cluster, [x, y], paint) {
  const radius = radiusOf(cluster);
  const width = 5;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = paint.card;
  pen.fill();
  let from = -Math.PI / 2;
  pen.lineWidth = width;
  for (const [status, share] of shares(cluster)) {
    const to = from + share * 2 * Math.PI;
    pen.beginPath();
    pen.arc(x, y, radius - width / 2 - 1, from, to);
    pen.strokeStyle = paint[status];
    pen.stroke();
    from = to;
  }
  pen.fillStyle = paint.ink;
  pen.font = `600 ${radius < 20 ? 12 : 13}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(short(countOf(cluster)), x, y + 0.5);
}

function outline(pen, category, x, y, r) {
  pen.beginPath();
  if (category === "lalu_lintas") pen.rect(x - r * 0.86, y - r * 0.86, r * 1.72, r * 1.72);
  else if (category === "sungai" || category === "fasilitas") {
    const turns = category === "sungai" ? [0, 0.5, 1, 1.5] : [1.5, 1 / 6, 5 / 6];
    turns.forEach((turn) => pen.lineTo(x + Math.cos(turn * Math.PI) * r * 1.2, y + Math.sin(turn * Math.PI) * r * 1.2));
    pen.closePath();
  } else pen.arc(x, y, r, 0, 2 * Math.PI);
}

export function drawCamera(pen, camera, [x, y], paint, { zoom, chosen }) {
  const r = zoom < 13 ? 6 : zoom < 16 ? 7.5 : 9;
  pen.lineJoin = "round";
  if (chosen) {
    pen.beginPath();
    pen.arc(x, y, r + 7, 0, 2 * Math.PI);
    Object.assign(pen, { lineWidth: 3, strokeStyle: paint.lamp, fillStyle: paint.card });
    pen.fill();
    pen.stroke();
  }
  outline(pen, camera.category, x, y, r);
  const hollow = camera.status === "unknown" || !camera.watchable;
  Object.assign(pen, { lineWidth: 4.5, strokeStyle: paint.ring });
  pen.stroke();
  Object.assign(pen, { lineWidth: 2.5, strokeStyle: paint[camera.status], fillStyle: hollow ? paint.card : paint[camera.status] });
  pen.fill();
  pen.stroke();
  if (camera.status !== "offline") return;
  pen.beginPath();
  pen.moveTo(x - r * 0.45, y);
  pen.lineTo(x + r * 0.45, y);
  Object.assign(pen, { lineWidth: 2.5, strokeStyle: hollow ? paint.offline : paint.card });
  pen.stroke();
}

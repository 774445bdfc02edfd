// Names of places, written where nothing else stands: beside rings and cameras, and never over each other.
const HEIGHT = 17;

const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

// `taken`: boxes [left, top, right, bottom] in the frame's pixels where no name may stand.
export function drawNames(frame, names, taken, paint) {
  const { pen } = frame;
  Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5, strokeStyle: paint.halo, fillStyle: paint.text });
  for (const { name, lat, lon, big } of names) {
    if (!Number.isFinite(lat)) continue;
    const [x, y] = frame.at(lat, lon);
    if (!frame.holds(x, y)) continue;
    pen.font = big ? "600 14px system-ui, sans-serif" : "12.5px system-ui, sans-serif";
    const half = pen.measureText(name).width / 2 + 3;
    for (const off of [0, 32, -32, 40, -40]) {
      const box = [x - half, y + off - HEIGHT / 2, x + half, y + off + HEIGHT / 2];
      if (taken.some((other) => meets(box, other))) continue;
      taken.push(box);
      pen.strokeText(name, x, y + off);
      pen.fillText(name, x, y + off);
      break;
    }
  }
}

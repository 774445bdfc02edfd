// The address keeps the view, so that it can be shared and comes back: #peta=zoom/lat/lon&status=mati&kategori=sungai&kamera=id
const LATEST = /^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/; // links from before there were filters
const list = (text) => (text ? text.split(",").filter(Boolean) : []);

function viewOf(text) {
  const [zoom, lat, lon] = (text ?? "").split("/").map(Number);
  const sound = [zoom, lat, lon].every(Number.isFinite) && zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return sound ? { zoom, lat, lon } : null;
}

export function read(hash = location.hash) {
  const old = hash.match(LATEST);
  if (old) return { view: viewOf(old.slice(1).join("/")), statuses: [], categories: [], camera: null };
  const fields = new URLSearchParams(hash.slice(1));
  return { view: viewOf(fields.get("peta")), statuses: list(fields.get("status")), categories: list(fields.get("kategori")), camera: fields.get("kamera") };
}

export function write({ map, statuses, categories, camera }) {
  const { lat, lng } = map.getCenter();
  const zoom = Math.round(map.getZoom() * 100) / 100;
  const parts = [`peta=${zoom}/${lat.toFixed(5)}/${lng.toFixed(5)}`];
  if (statuses.length) parts.push(`status=${statuses.join(",")}`);
  if (categories.length) parts.push(`kategori=${categories.join(",")}`);
  if (camera) parts.push(`kamera=${encodeURIComponent(camera)}`);
  return `#${parts.join("&")}`;
}

// `push`: a step that the back button undoes; else the address of the step that we are in.
export function keep(hash, push = false) {
  if (hash === location.hash) return;
  try {
    history[push ? "pushState" : "replaceState"](null, "", hash);
  } catch {
    // Some browsers allow only so many a minute: the address is then a little behind.
  }
}

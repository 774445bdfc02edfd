// A small map on which a tap sets a place: the fields `latitude` and `longitude`, in degrees.
import { createCityMap } from "./map-view.js";

function placeOf(fields) {
  const place = fields.map((field) => (field.value.trim() ? Number(field.value.replace(",", ".")) : NaN));
  return place.every(Number.isFinite) ? place : null;
}

function follow({ L, map }, fields, onPick) {
  const icon = L.divIcon({ className: "map-pin", iconSize: [28, 28], iconAnchor: [14, 34] });
  const pin = L.marker([0, 0], { icon, keyboard: false, interactive: false });
  const show = () => {
    const place = placeOf(fields);
    if (place) pin.setLatLng(place).addTo(map);
    else pin.remove();
  };
  map.on("click", ({ latlng }) => {
    [latlng.lat, latlng.lng].forEach((degrees, axis) => { fields[axis].value = degrees.toFixed(6); });
    show();
    onPick();
  });
  for (const field of fields) field.addEventListener("change", show);
  show();
}

// Throws where there is no map: then the fields, or words, do without.
export async function pickPlace(root, latitude, longitude, onPick = () => {}) {
  const fields = [latitude, longitude];
  root.hidden = false;
  try {
    const city = createCityMap(root);
    follow(city, fields, onPick);
    const boundaries = await city.loadBoundaries();
    const place = placeOf(fields);
    if (place) city.map.setView(place, 17, { animate: false });
    else if (boundaries?.box) city.fit(boundaries.box, { animate: false });
    root.dataset.ready = "yes";
  } catch (trouble) {
    root.hidden = true;
    throw trouble;
  }
}

// The map of the form: a tap sets the place. Without it the two fields are typed.
import { createCityMap } from "./map-view.js";

const root = document.querySelector("#titik");
const latitude = document.querySelector("[name=latitude]");
const longitude = document.querySelector("[name=longitude]");

function typed() {
  const place = [latitude, longitude].map((field) => (field.value.trim() ? Number(field.value.replace(",", ".")) : NaN));
  return place.every(Number.isFinite) ? place : null;
}

function follow({ L, map }) {
  const icon = L.divIcon({ className: "map-pin", iconSize: [28, 28], iconAnchor: [14, 34] });
  const pin = L.marker([0, 0], { icon, keyboard: false, interactive: false });
  const show = () => {
    const place = typed();
    if (place) pin.setLatLng(place).addTo(map);
    else pin.remove();
  };
  map.on("click", ({ latlng }) => {
    latitude.value = latlng.lat.toFixed(6);
    longitude.value = latlng.lng.toFixed(6);
    show();
  });
  for (const field of [latitude, longitude]) field.addEventListener("change", show);
  show();
}

async function start() {
  root.hidden = false;
  const city = createCityMap(root);
  document.querySelector("#petunjuk-titik").hidden = false;
  follow(city);
  const boundaries = await city.loadBoundaries();
  const place = typed();
  if (place) city.map.setView(place, 17, { animate: false });
  else if (boundaries?.box) city.fit(boundaries.box, { animate: false });
  root.dataset.ready = "yes";
}

start().catch(() => {
  root.hidden = true; // no library: the fields alone
});

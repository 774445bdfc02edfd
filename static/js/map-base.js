// What lies under everything, where the installation names something: online tiles, or one PMTiles file of its own. The library that
// reads such a file is fetched only here. Without either the boundaries are the map.
import { dark } from "./map-colours.js";

export const library = (address) =>
  new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: fail });
    document.head.append(script);
  });

async function fileLayer({ file, kind, library: address }) {
  await library(address);
  if (kind === "raster") return globalThis.pmtiles.leafletRasterLayer(new globalThis.pmtiles.PMTiles(file), { maxZoom: 19 });
  return globalThis.protomapsL.leafletLayer({ url: file, flavor: dark.matches ? "dark" : "light", lang: document.documentElement.lang });
}

export async function addBase(L, map, dataset) {
  if (dataset.tiles) return L.tileLayer(dataset.tiles, { maxZoom: 19, className: "map-tiles" }).addTo(map);
  if (!dataset.file) return null;
  let layer = (await fileLayer(dataset)).addTo(map);
  layer.getContainer()?.classList.toggle("map-tiles", dataset.kind === "raster");
  dark.addEventListener("change", async () => {
    if (dataset.kind === "raster") return;
    const next = await fileLayer(dataset);
    layer.remove();
    layer = next.addTo(map);
  });
  return layer;
}

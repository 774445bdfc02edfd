// What lies under the cameras: raster tiles where the installation names some, else boundaries and place names from the portal.
// No `glyphs`: this version of MapLibre then draws text with the fonts of the phone, so the map needs no server but ours.
const EMPTY = { type: "FeatureCollection", features: [] };
const FONT = ["Open Sans Regular"];

export const dark = matchMedia("(prefers-color-scheme: dark)");

export function colours() {
  const css = getComputedStyle(document.documentElement);
  const of = (name) => css.getPropertyValue(name).trim();
  return {
    ground: of("--map-ground"), land: of("--map-land"), line: of("--map-line"), text: of("--map-text"), halo: of("--map-halo"),
    online: of("--online"), offline: of("--offline"), unknown: of("--unknown"), ring: of("--map-ring"), ink: of("--ink"), card: of("--card"),
  };
}

function labels(id, source, size, paint, zooms) {
  return {
    id, type: "symbol", source, ...zooms,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": size, "text-max-width": 8, "text-padding": 3, "text-variable-anchor": ["center", "bottom", "top", "left", "right"], "text-radial-offset": 1.6, "text-justify": "auto" },
    paint: { "text-color": paint.text, "text-halo-color": paint.halo, "text-halo-width": 1.6 },
  };
}

export function style(tiles) {
  const paint = colours();
  const sources = {
    kelurahan: { type: "geojson", data: EMPTY },
    "kelurahan-names": { type: "geojson", data: EMPTY },
    "kecamatan-names": { type: "geojson", data: EMPTY },
  };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": paint.ground } }];
  if (tiles) {
    sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 19 };
    layers.push({ id: "tiles", type: "raster", source: "tiles", paint: dark.matches ? { "raster-brightness-max": 0.6, "raster-saturation": -0.4 } : {} });
  } else {
    layers.push({ id: "land", type: "fill", source: "kelurahan", paint: { "fill-color": paint.land } });
  }
  layers.push({ id: "borders", type: "line", source: "kelurahan", paint: { "line-color": paint.line, "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.5, 15, 1.5] } });
  if (!tiles) {
    layers.push(labels("kecamatan-labels", "kecamatan-names", 15, paint, { maxzoom: 12.8 }));
    layers.push(labels("kelurahan-labels", "kelurahan-names", 13, paint, { minzoom: 12.8 }));
  }
  return { version: 8, sources, layers };
}

const point = (coordinates, name) => ({ type: "Feature", geometry: { type: "Point", coordinates }, properties: { name } });

// South-west and north-east corner of all shapes, or null where there are none.
export function extent(shapes) {
  const box = [[Infinity, Infinity], [-Infinity, -Infinity]];
  const widen = (part) => {
    if (typeof part[0] !== "number") return part.forEach(widen);
    for (const axis of [0, 1]) {
      box[0][axis] = Math.min(box[0][axis], part[axis]);
      box[1][axis] = Math.max(box[1][axis], part[axis]);
    }
  };
  shapes?.features.forEach(({ geometry }) => widen(geometry.coordinates));
  return box[0][0] === Infinity ? null : box;
}

export function showBoundaries(map, shapes) {
  const kecamatan = new Map();
  const named = shapes.features.filter(({ properties: { label } }) => label?.every(Number.isFinite));
  for (const { properties } of named) {
    kecamatan.set(properties.kecamatan, [...(kecamatan.get(properties.kecamatan) ?? []), properties.label]);
  }
  const middle = (points) => [0, 1].map((axis) => points.reduce((sum, p) => sum + p[axis], 0) / points.length);
  const collection = (features) => ({ type: "FeatureCollection", features });
  map.getSource("kelurahan").setData(shapes);
  map.getSource("kelurahan-names").setData(collection(named.map(({ properties: p }) => point(p.label, p.name))));
  map.getSource("kecamatan-names").setData(collection([...kecamatan].map(([name, points]) => point(middle(points), `Kec. ${name}`))));
}

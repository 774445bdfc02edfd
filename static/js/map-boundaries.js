// The places of the city: their shapes and names on the map, and which of them a point lies in.
import { world, worldSize } from "./mercator.js";

// Paths are kept in pixels of this zoom, seen from the city's middle: numbers small enough for the browser's single precision.
const UNIT = worldSize(15);
const NEAR = 12.5; // from this zoom on kelurahan are named, before it kecamatan

const corners = function* (part) {
  if (typeof part[0] === "number") yield part;
  else for (const inner of part) yield* corners(inner);
};

export class Boundaries {
  #land = new Path2D();

  constructor({ features, official }) {
    this.official = official;
    this.box = this.#boxOf(features);
    const [south, west, north, east] = this.box ?? [0, 0, 0, 0];
    this.middle = world((south + north) / 2, (west + east) / 2);
    this.places = features.map((feature) => this.#placeOf(feature));
    this.byCode = new Map(this.places.map((place) => [place.code, place]));
    this.above = this.#kecamatan();
    this.pen = document.createElement("canvas").getContext("2d");
  }

  // The place that holds a point, or null.
  at(lat, lon) {
    const [x, y] = this.#own(lat, lon);
    const holds = ({ box, path }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && this.pen.isPointInPath(path, x, y, "evenodd");
    return this.places.find(holds) ?? null;
  }

  draw(frame, paint, { base, lit }) {
    const { pen, ratio } = frame;
    const scale = frame.size / UNIT;
    pen.save();
    pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * frame.x(this.middle[0]), ratio * frame.y(this.middle[1]));
    pen.lineJoin = "round";
    if (!base) {
      pen.fillStyle = paint.land;
      pen.fill(this.#land, "evenodd");
    }
    for (const place of lit) {
      pen.globalAlpha = base ? 0.4 : 0.75;
      pen.fillStyle = paint.lit;
      pen.fill(place.path, "evenodd");
      pen.globalAlpha = 1;
    }
    pen.strokeStyle = paint.line;
    pen.lineWidth = (frame.zoom < NEAR ? 0.8 : 1.4) / scale;
    pen.stroke(this.#land);
    for (const place of lit) {
      pen.strokeStyle = paint.lamp;
      pen.lineWidth = 2.5 / scale;
      pen.stroke(place.path);
    }
    pen.restore();
  }

  // What to write on the map at this zoom: [{ name, lat, lon, big }].
  names = (zoom) => (zoom < NEAR ? this.above : this.places);

  #own(lat, lon) {
    const [x, y] = world(lat, lon);
    return [(x - this.middle[0]) * UNIT, (y - this.middle[1]) * UNIT];
  }

  #placeOf({ geometry, properties }) {
    const path = new Path2D();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const polygon of geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates]) {
      for (const ring of polygon) {
        ring.forEach(([lon, lat], index) => {
          const [x, y] = this.#own(lat, lon);
          if (index) path.lineTo(x, y);
          else path.moveTo(x, y);
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x);
          box[3] = Math.max(box[3], y);
        });
        path.closePath();
      }
    }
    this.#land.addPath(path);
    const [lon, lat] = properties.label ?? [];
    return { ...properties, lon, lat, path, box, extent: this.#boxOf([{ geometry }]) };
  }

  #kecamatan() {
    const found = new Map();
    for (const place of this.places) {
      if (place.kecamatan && Number.isFinite(place.lat)) found.set(place.kecamatan, [...(found.get(place.kecamatan) ?? []), place]);
    }
    const mean = (places, key) => places.reduce((sum, place) => sum + place[key], 0) / places.length;
    return [...found].map(([name, places]) => ({ name, lat: mean(places, "lat"), lon: mean(places, "lon"), big: true }));
  }

  // South, west, north, east; null where there is nothing.
  #boxOf(features) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { geometry } of features) {
      for (const [lon, lat] of corners(geometry.coordinates)) {
        box[0] = Math.min(box[0], lat);
        box[1] = Math.min(box[1], lon);
        box[2] = Math.max(box[2], lat);
        box[3] = Math.max(box[3], lon);
      }
    }
    return box[0] === Infinity ? null : box;
  }
}

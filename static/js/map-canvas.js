// One canvas over the whole view and some more, moved and scaled with the map, and drawn anew when the map has come to rest or shows
// what was not drawn. `draw(frame)` paints; places come to it as parts of the world (mercator.js).
import { world, worldSize } from "./mercator.js";

const MARGIN = 0.25; // of the view, on each side
const MOST_RATIO = 2; // finer pixels cost time that nobody sees

class Frame {
  constructor(pen, { left, top, width, height, zoom, ratio }) {
    Object.assign(this, { pen, left, top, width, height, zoom, ratio, size: worldSize(zoom) });
  }

  x = (part) => part * this.size - this.left;
  y = (part) => part * this.size - this.top;

  at(lat, lon) {
    const [x, y] = world(lat, lon);
    return [this.x(x), this.y(y)];
  }

  holds = (x, y, room = 0) => x > -room && y > -room && x < this.width + room && y < this.height + room;
}

export function addCanvas(L, map, draw) {
  const canvas = L.DomUtil.create("canvas", "map-canvas leaflet-zoom-animated");
  const pen = canvas.getContext("2d");
  let frame = null;
  let due = 0;
  let flying = false; // the style sheet moves the canvas just now

  const scaled = (zoom) => 2 ** (zoom - frame.zoom);

  // Where the canvas lies among the map's panes when their origin is `origin` and the map's zoom is `zoom`.
  function place(origin, zoom) {
    const scale = scaled(zoom);
    L.DomUtil.setTransform(canvas, L.point(frame.left * scale, frame.top * scale).subtract(origin), scale);
  }

  function paint() {
    due = 0;
    const view = map.getSize();
    if (flying || !view.x || !view.y) return;
    const corner = map.containerPointToLayerPoint(view.multiplyBy(-MARGIN)).round().add(map.getPixelOrigin());
    const [width, height] = [view.x, view.y].map((length) => Math.ceil(length * (1 + 2 * MARGIN)));
    const ratio = Math.min(devicePixelRatio || 1, MOST_RATIO);
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
      Object.assign(canvas, { width: width * ratio, height: height * ratio });
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    frame = new Frame(pen, { left: corner.x, top: corner.y, width, height, zoom: map.getZoom(), ratio });
    place(map.getPixelOrigin(), frame.zoom);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    draw(frame);
  }

  const redraw = () => (due ||= requestAnimationFrame(paint));

  function isBare() {
    const scale = scaled(map.getZoom());
    const view = map.getPixelBounds();
    const [left, top] = [frame.left * scale, frame.top * scale];
    return view.min.x < left || view.min.y < top || view.max.x > left + frame.width * scale || view.max.y > top + frame.height * scale;
  }

  function follow() {
    if (!frame || flying) return;
    place(map.getPixelOrigin(), map.getZoom());
    if (isBare()) redraw();
  }

  map.getPane("overlayPane").append(canvas);
  map.on({
    zoomanim: ({ center, zoom }) => {
      if (!frame) return;
      flying = true;
      const half = map.getSize().divideBy(2);
      place(map.project(center, zoom).subtract(half).add(L.DomUtil.getPosition(map.getPane("mapPane"))).round(), zoom);
    },
    zoomend: () => {
      flying = false;
      redraw();
    },
    move: follow,
    moveend: redraw,
    viewreset: redraw,
    resize: redraw,
  });
  redraw();
  return { canvas, redraw, frame: () => frame };
}

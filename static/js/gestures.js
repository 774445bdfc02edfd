// Fingers on a picture: pinch and double tap enlarge it, one finger moves it while it is enlarged and swipes to the next one while it is
// not. Upright swipes are the page's own: it scrolls.
import { enlarged, moved, REST, toggled } from "./zoom.js";

const FAR = 60; // pixels: a swipe
const SLOW = 800; // milliseconds: no swipe any more
const TWICE = 300; // milliseconds between the taps of a double tap
const NEAR = 30; // pixels

const middle = ([one, other]) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
const apart = ([one, other]) => Math.hypot(one.x - other.x, one.y - other.y) || 1;

// `frame`: the element that is touched; onView(view) draws; onSwipe(-1 | 1): to the one before or after. → { view(), zoom(factor), rest() }
export function useGestures(frame, { onView, onSwipe }) {
  const fingers = new Map();
  let view = REST;
  let start = null; // of one finger that may become a swipe
  let tapped = null;

  const box = () => frame.getBoundingClientRect();
  const place = ({ clientX, clientY }) => {
    const { left, top, width, height } = box();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  };

  function draw(next) {
    view = next;
    // Enlarged, every finger is the picture's; otherwise the page scrolls by it.
    frame.toggleAttribute("data-zoomed", view.scale > 1);
    onView(view);
  }

  function down(event) {
    if (event.button > 0 || event.target.closest("button, a, summary")) return;
    fingers.set(event.pointerId, place(event));
    start = fingers.size === 1 ? { ...place(event), at: event.timeStamp } : null;
    // Not before it is clear that the finger is ours: a captured one would be no click for what lies in the picture.
    if (view.scale > 1 || fingers.size === 2) frame.setPointerCapture(event.pointerId);
  }

  function move(event) {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const was = [...fingers.values()];
    const now = place(event);
    fingers.set(event.pointerId, now);
    const are = [...fingers.values()];
    if (are.length === 2) {
      const [from, to] = [middle(was), middle(are)];
      draw(moved(enlarged(view, apart(are) / apart(was), to, box()), to.x - from.x, to.y - from.y, box()));
    } else if (are.length === 1 && view.scale > 1) {
      draw(moved(view, now.x - before.x, now.y - before.y, box()));
    }
  }

  function up(event) {
    if (!fingers.delete(event.pointerId)) return;
    const end = place(event);
    const begun = start;
    start = null;
    if (!begun || event.type === "pointercancel") return;
    const [dx, dy] = [end.x - begun.x, end.y - begun.y];
    if (Math.hypot(dx, dy) < NEAR / 3) tap(end, event.timeStamp);
    else if (view.scale === 1 && event.pointerType !== "mouse" && Math.abs(dx) > FAR && Math.abs(dx) > 1.5 * Math.abs(dy) && event.timeStamp - begun.at < SLOW) onSwipe(dx < 0 ? 1 : -1);
  }

  function tap(at, now) {
    const twice = tapped && now - tapped.now < TWICE && Math.hypot(at.x - tapped.at.x, at.y - tapped.at.y) < NEAR;
    tapped = twice ? null : { at, now };
    if (twice) draw(toggled(view, at, box()));
  }

  frame.addEventListener("pointerdown", down);
  frame.addEventListener("pointermove", move);
  frame.addEventListener("pointerup", up);
  frame.addEventListener("pointercancel", up);
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // also a pinch on a touchpad
    event.preventDefault();
    draw(enlarged(view, Math.exp(-event.deltaY / 200), place(event), box()));
  }, { passive: false });
  new ResizeObserver(() => draw(REST)).observe(frame);

  return {
    view: () => view,
    zoom: (factor) => draw(enlarged(view, factor, { x: 0, y: 0 }, box())),
    rest: () => draw(REST),
  };
}

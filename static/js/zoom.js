// Looking closer at a picture: how large it is drawn and how far it is moved, as pure functions. A view is { scale, x, y }: x and y are
// the pixels by which the picture's middle is away from its frame's; the frame is { width, height }; a point counts from its middle.
export const REST = { scale: 1, x: 0, y: 0 };
export const MOST = 6;
export const TAP = 2.5; // what a double tap enlarges to

const between = (least, value, most) => Math.min(most, Math.max(least, value));

// Never beyond the picture's own edge.
function bounded({ scale, x, y }, { width, height }) {
  const [farX, farY] = [((scale - 1) * width) / 2, ((scale - 1) * height) / 2];
  return { scale, x: between(-farX, x, farX), y: between(-farY, y, farY) };
}

// Larger by a factor, while what is under the point stays under it.
export function enlarged(view, factor, at, frame) {
  const scale = between(1, view.scale * factor, MOST);
  const grown = scale / view.scale;
  return bounded({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, frame);
}

export const moved = (view, dx, dy, frame) => bounded({ ...view, x: view.x + dx, y: view.y + dy }, frame);

export const toggled = (view, at, frame) => (view.scale > 1 ? REST : enlarged(REST, TAP, at, frame));

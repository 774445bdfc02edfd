// Places as parts of the world's square in Web Mercator: [0, 0] its north-west corner, [1, 1] its south-east one.
export const world = (lat, lon) => [lon / 360 + 0.5, 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)];

// The place there, [latitude, longitude].
export const place = (x, y) => [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, (x - 0.5) * 360];

// How many pixels wide that square is.
export const worldSize = (zoom) => 256 * 2 ** zoom;

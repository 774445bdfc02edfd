// Places as parts of the world's square in Web Mercator: [0, 0] its north-west corner, [1, 1] its south-east one.
export const world = (lat, lon) => [lon / 360 + 0.5, 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)];

// How many pixels wide that square is.
export const worldSize = (zoom) => 256 * 2 ** zoom;

import { clamp, mix } from './maths.mjs';
import { fillPixels } from './pixels.mjs';

/** Angles of the columns in degrees, and stripe widths of the rows in pixels per period. */
const angles = [0, 30, 60, 90, 120, 150];
const periods = [32, 16, 8, 5];
/** The rows' two colours in linear light: by lightness twice, then red and green, blue and yellow. */
const pairs = [
  [
    [0.9, 0.9, 0.9],
    [0.05, 0.05, 0.05],
  ],
  [
    [0.9, 0.9, 0.9],
    [0.05, 0.05, 0.05],
  ],
  [
    [0.62, 0.1, 0.1],
    [0.05, 0.42, 0.16],
  ],
  [
    [0.06, 0.12, 0.6],
    [0.75, 0.6, 0.06],
  ],
];
const grey = [0.215, 0.215, 0.215];

const cell = 512 / angles.length;
const centreY = 427;
const radius = 76;
const spokes = 18;
const square = 13;

/** Gabor patches by angle and period; below a Siemens star, a chessboard and a zone plate. */
export function gratings(context) {
  fillPixels(context, (x, y) => {
    if (y < periods.length * cell) return patch(x, y);
    const third = Math.floor((3 * x) / 512);
    const shape = [siemensStar, chessboard, zonePlate][third];
    return shape(x - ((third + 0.5) * 512) / 3, y - centreY);
  });
}

function patch(x, y) {
  const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
  const [px, py] = [x - (column + 0.5) * cell, y - (row + 0.5) * cell];
  const angle = (angles[column] * Math.PI) / 180;
  const across = px * Math.cos(angle) + py * Math.sin(angle);
  const wave = 0.5 + 0.5 * Math.cos((2 * Math.PI * across) / periods[row]);
  const [light, dark] = pairs[row];
  return window(
    Math.hypot(px, py),
    cell * 0.46,
    light.map((value, i) => mix(dark[i], value, wave)),
  );
}

function siemensStar(px, py) {
  const r = Math.hypot(px, py);
  const wave = Math.sin(Math.atan2(py, px) * spokes);
  // An edge as wide as a quarter pixel at any distance from the centre.
  const sharp = clamp(0.5 + (wave * r) / spokes / 0.5);
  return window(r, radius, greyOf(mix(0.01, 0.9, sharp)));
}

function chessboard(px, py) {
  const odd = (Math.floor(px / square) + Math.floor(py / square)) & 1;
  return window(Math.hypot(px, py), radius, greyOf(odd ? 0.01 : 0.9));
}

/** Rings that become finer outwards, to four pixels a period at the rim. */
function zonePlate(px, py) {
  const r = Math.hypot(px, py);
  const value = 0.5 + 0.5 * Math.cos((Math.PI * r * r) / (4 * radius));
  return window(r, radius, greyOf(mix(0.02, 0.9, value)));
}

const greyOf = (value) => [value, value, value];

/** Fades a round patch into the grey over its last fifth. */
function window(r, rim, colour) {
  const inside = clamp((rim - r) / (rim * 0.2));
  const t = inside * inside * (3 - 2 * inside);
  return colour.map((value, i) => mix(grey[i], value, t));
}

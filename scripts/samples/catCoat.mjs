import { blend, clamp, mix, smoothstep } from './maths.mjs';
import { octaves } from './noise.mjs';

const brown = [168, 138, 106];
const dark = [56, 43, 35];
const cream = [224, 203, 172];
const white = [246, 240, 230];
const rust = [176, 122, 82];

/** The tabby's colour at a point of its head, from -1 to 1 each way; v points down. */
export function coatColour(u, v) {
  const side = Math.abs(u);
  const rough = (octaves(u * 7 + 20, v * 7 + 20) - 0.5) * 0.18;
  const marks = clamp(
    Math.max(forehead(u, v, rough), cheeks(side, v, rough), eyeLine(side, v, rough)),
  );
  let colour = blend(brown, rust, 0.5 * smoothstep(0.22, 0.05, side) * smoothstep(-0.4, 0.2, v));
  colour = blend(colour, dark, 0.93 * marks);
  colour = blend(colour, cream, 0.85 * roundEyes(side, v + rough * 0.3));
  colour = blend(colour, white, muzzle(side, v + rough));
  const light =
    mix(1.1, 0.7, smoothstep(-0.9, 1.1, 0.75 * u + 0.5 * v)) *
    mix(1, 0.72, smoothstep(0.72, 1.02, Math.hypot(u, v)));
  return colour.map((value) => value * light);
}

/** The tabby's M: stripes that run up from the brows and open like a fan. */
function forehead(u, v, rough) {
  const fan = Math.atan2(u, 0.35 - v) + rough * 0.35;
  const lines = [0.0, 0.2, 0.42, 0.66].map((angle, i) =>
    smoothstep(0.062 + 0.006 * i, 0.03, Math.abs(Math.abs(fan) - angle)),
  );
  const brow =
    smoothstep(0.07, 0.03, Math.abs(v + 0.4 + 0.35 * Math.abs(Math.abs(u) - 0.3) + rough * 0.3)) *
    smoothstep(0.66, 0.5, Math.abs(u));
  const above = smoothstep(-0.3, -0.42, v);
  return Math.max(
    ...lines.map((line, i) => line * (i === 0 ? smoothstep(-0.35, -0.6, v) : above)),
    0.8 * brow * smoothstep(0.1, 0.2, Math.abs(u)),
  );
}

/** Bands that bend round the cheeks. */
function cheeks(side, v, rough) {
  const wave = Math.sin(15 * (v - 0.28 * (side - 0.5)) + 14 * rough + 0.6);
  return (
    smoothstep(0.25, 0.65, wave) *
    smoothstep(0.56, 0.72, side) *
    smoothstep(-0.35, -0.15, v) *
    smoothstep(0.95, 0.8, v)
  );
}

/** A dark line from the outer corner of the eye. */
function eyeLine(side, v, rough) {
  const line = v + 0.02 - 0.3 * (side - 0.62) + rough * 0.2;
  return smoothstep(0.05, 0.025, Math.abs(line)) * smoothstep(0.58, 0.64, side);
}

function roundEyes(side, v) {
  const r = Math.hypot((side - 0.41) / 0.34, (v + 0.06) / 0.29);
  return smoothstep(1.12, 0.85, r);
}

function muzzle(side, v) {
  const pads = Math.hypot((side - 0.17) / 0.31, (v - 0.52) / 0.25);
  const chin = Math.hypot(side / 0.3, (v - 0.83) / 0.24);
  return smoothstep(1.15, 0.8, Math.min(pads, chin));
}

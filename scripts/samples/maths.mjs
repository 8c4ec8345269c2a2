export const clamp = (x, low = 0, high = 1) => Math.min(high, Math.max(low, x));

export const mix = (a, b, t) => a + (b - a) * t;

/** 0 below `from`, 1 above `to`, smooth between; `from` may be the larger. */
export function smoothstep(from, to, x) {
  const t = clamp((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** Between two colours. */
export const blend = (a, b, t) => a.map((value, i) => mix(value, b[i], t));

export const scaled = (v, factor) => v.map((value) => value * factor);

export const dot = ([a, b, c], [x, y, z]) => a * x + b * y + c * z;

export const cross = ([a, b, c], [x, y, z]) => [b * z - c * y, c * x - a * z, a * y - b * x];

export const normalized = (v) => scaled(v, 1 / Math.hypot(...v));

/** sRGB '#rrggbb' as linear light. */
export function linear(hex) {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** Linear light as an sRGB value from 0 to 255. */
export function encoded(value) {
  const x = clamp(value);
  return 255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
}

import { clamp, mix } from './maths.mjs';

/**
 * Draws rows of grass from far to near. Rows stand at y from `from` to `to`; `size(y)` is the height of a blade in pixels,
 * `light(x, y)` what reaches its root from 0 to 1.
 */
export function drawGrass(context, random, { width, from, to, rows, perRow, size, light }) {
  for (let row = 0; row < rows; row++) {
    const y = mix(from, to, (row + random()) / rows);
    for (let i = 0; i < perRow; i++) {
      const x = mix(-30, width + 30, random());
      drawBlade(context, random, { x, y: y + 6 * random(), size: size(y), light: light(x, y) });
    }
  }
}

/** One bent blade: dark at its root, its tip brighter, some of them dry. */
function drawBlade(context, random, { x, y, size, light }) {
  const height = size * mix(0.45, 1.15, random());
  const lean = size * mix(-0.55, 0.6, random());
  const half = Math.max(0.6, size * mix(0.02, 0.045, random()));
  const dry = random() < 0.06;
  const tone = mix(0.6, 1.2, random()) * light;
  const tip = dry ? [188, 176, 96] : [mix(96, 158, random()), mix(158, 196, random()), 52];
  const root = [26, 54, 16];
  const shade = context.createLinearGradient(x, y, x + lean, y - height);
  const stop = (at, colour, factor) => {
    const levels = colour.map((value) => Math.round(clamp(value * factor, 0, 255)));
    shade.addColorStop(at, `rgb(${levels.join(', ')})`);
  };
  stop(0, root, mix(0.5, 1, light));
  stop(
    0.5,
    tip.map((value, c) => mix(root[c], value, 0.6)),
    tone,
  );
  stop(1, tip, tone);
  context.fillStyle = shade;
  const [mx, my] = [x + lean * 0.28, y - height * 0.62];
  context.beginPath();
  context.moveTo(x - half, y);
  context.quadraticCurveTo(mx - half, my, x + lean, y - height);
  context.quadraticCurveTo(mx + half, my, x + half, y);
  context.fill();
}

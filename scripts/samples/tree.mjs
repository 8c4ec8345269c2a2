import { clamp, mix } from './maths.mjs';

/** Draws a broad-leaved tree in the light from the upper right; `foot` and `height` are in pixels. */
export function drawTree(context, random, { x, foot, height }) {
  const trunk = height * 0.045;
  context.fillStyle = '#3b3026';
  context.beginPath();
  context.moveTo(x - trunk, foot);
  context.quadraticCurveTo(
    x - trunk * 0.5,
    foot - height * 0.2,
    x - trunk * 0.4,
    foot - height * 0.5,
  );
  context.lineTo(x + trunk * 0.4, foot - height * 0.5);
  context.quadraticCurveTo(x + trunk * 0.5, foot - height * 0.2, x + trunk * 1.1, foot);
  context.fill();
  for (const clump of clumps(random, { x, foot, height })) drawClump(context, random, clump);
}

/** Balls of leaves that fill an egg, those at the back and below first. */
function clumps(random, { x, foot, height }) {
  const made = [];
  for (let i = 0; i < 46; i++) {
    const angle = 2 * Math.PI * random();
    const out = Math.sqrt(random());
    made.push({
      x: x + 0.3 * height * out * Math.cos(angle),
      y: foot - height * (0.6 + 0.34 * out * Math.sin(angle)),
      radius: height * mix(0.07, 0.13, random()),
      depth: random(),
      light: 0,
    });
  }
  for (const clump of made) {
    const [u, v] = [
      (clump.x - x) / (0.38 * height),
      (clump.y - foot + 0.6 * height) / (0.4 * height),
    ];
    clump.light = clamp(0.5 + 0.3 * u - 0.36 * v, 0.12, 1);
  }
  return made.sort((a, b) => a.depth - b.depth + (0.4 * (b.y - a.y)) / height);
}

function drawClump(context, random, { x, y, radius, depth, light }) {
  const leaves = Math.round(26 + 2.4 * radius ** 1.35);
  for (let i = 0; i < leaves; i++) {
    const angle = 2 * Math.PI * random();
    const out = random() ** 0.6;
    const [u, v] = [out * Math.cos(angle), out * Math.sin(angle)];
    const own = clamp(0.5 + 0.32 * u - 0.42 * v + 0.3 * (random() - 0.5));
    const lit = clamp((0.25 + 0.75 * own) * light * mix(0.6, 1.15, depth) * 1.5);
    const colour = [mix(16, 138, lit), mix(28, 154, lit), mix(14, 66, lit)].map(Math.round);
    context.fillStyle = `rgba(${colour.join(', ')}, 0.95)`;
    context.beginPath();
    const size = mix(1.4, 3, random());
    context.ellipse(
      x + u * radius,
      y + v * radius * 0.85,
      size,
      size * 0.55,
      angle + random(),
      0,
      2 * Math.PI,
    );
    context.fill();
  }
}

import { clamp, mix } from './maths.mjs';

/**
 * Draws hairs at random places of a box where inside(x, y), the lowest order(x, y) first.
 * direction(x, y) is any vector, colour(x, y) has levels from 0 to 255; length and width are in pixels.
 */
export function drawFur(
  context,
  random,
  { count, box, inside, order, direction, length, width, colour },
) {
  const [left, top, right, bottom] = box;
  const roots = [];
  for (let i = 0; i < count; i++) {
    const [x, y] = [mix(left, right, random()), mix(top, bottom, random())];
    if (inside(x, y)) roots.push({ x, y, rank: order(x, y) + 12 * random() });
  }
  roots.sort((a, b) => a.rank - b.rank);
  drawUndercoat(context, roots, colour, length / 4);
  for (const { x, y } of roots) {
    const [dx, dy] = direction(x, y);
    const angle = Math.atan2(dy, dx) + 0.4 * (random() - 0.5);
    const tone = mix(0.82, 1.16, random());
    const shade = colour(x, y).map((value) => Math.round(clamp(value * tone, 0, 255)));
    context.fillStyle = `rgba(${shade.join(', ')}, 0.86)`;
    drawHair(context, x, y, {
      angle,
      bend: 0.5 * (random() - 0.5),
      length: length * mix(0.6, 1.2, random()),
      width: width * mix(0.6, 1.1, random()),
    });
  }
}

/** Skin and down, so that nothing behind the animal shows between its hairs. */
function drawUndercoat(context, roots, colour, radius) {
  for (const { x, y } of roots) {
    const shade = colour(x, y).map((value) => Math.round(value * 0.72));
    context.fillStyle = `rgb(${shade.join(', ')})`;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A bent blade, wide at its root and pointed. */
export function drawHair(context, x, y, { angle, bend, length, width }) {
  const [sx, sy] = [-Math.sin(angle) * (width / 2), Math.cos(angle) * (width / 2)];
  const along = (t, turn) => [
    x + t * length * Math.cos(angle + turn),
    y + t * length * Math.sin(angle + turn),
  ];
  const [mx, my] = along(0.55, 0);
  const [tx, ty] = along(1, bend);
  context.beginPath();
  context.moveTo(x + sx, y + sy);
  context.quadraticCurveTo(mx + sx, my + sy, tx, ty);
  context.quadraticCurveTo(mx - sx, my - sy, x - sx, y - sy);
  context.fill();
}

import { drawFace } from './catFace.mjs';
import { coatColour } from './catCoat.mjs';
import { drawFur } from './fur.mjs';
import { mix, smoothstep } from './maths.mjs';
import { seeded } from './random.mjs';

/** The head in pixels: its middle and its half width and half height. */
const head = { x: 320, y: 262, a: 158, b: 142 };
const nose = { x: 320, y: 300 };

/** A tabby's face, hair by hair. */
export function cat(context) {
  const random = seeded(11);
  drawBackground(context, random);
  drawChest(context, random);
  for (const side of [-1, 1]) drawEar(context, random, side);
  drawHead(context, random);
  drawFace(context, head, random);
}

/** Leaves out of focus. */
function drawBackground(context, random) {
  const { width, height } = context.canvas;
  const base = context.createLinearGradient(0, 0, width, height);
  base.addColorStop(0, '#8fb09a');
  base.addColorStop(0.55, '#4f7c74');
  base.addColorStop(1, '#28464c');
  context.fillStyle = base;
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < 60; i++) {
    const [x, y, r] = [random() * width, random() * height, mix(16, 70, random())];
    const light = mix(150, 235, random() * (1 - y / height) + 0.1);
    const disc = context.createRadialGradient(x, y, r * 0.6, x, y, r);
    disc.addColorStop(0, `rgba(${light}, ${light + 16}, ${light - 40}, 0.07)`);
    disc.addColorStop(0.6, `rgba(${light}, ${light + 16}, ${light - 40}, 0.1)`);
    disc.addColorStop(1, `rgba(${light}, ${light}, ${light - 40}, 0)`);
    context.fillStyle = disc;
    context.fillRect(x - r, y - r, 2 * r, 2 * r);
  }
}

function drawChest(context, random) {
  drawFur(context, random, {
    count: 7000,
    box: [100, 330, 540, 500],
    inside: (x, y) => Math.abs(x - 320) < 105 + 115 * smoothstep(330, 480, y),
    order: (x, y) => -y,
    direction: (x, y) => [(x - 320) / 260, 1 - 0.1 * smoothstep(400, 480, y)],
    length: 30,
    width: 2.2,
    colour: (x, y) => {
      const band = Math.sin(y * 0.1 + Math.abs(x - 320) * 0.035);
      const bib = smoothstep(75, 25, Math.abs(x - 320));
      const stripe = smoothstep(0.25, 0.6, band) * (1 - bib);
      const lit = mix(0.5, 0.86, smoothstep(480, 260, x)) * mix(0.62, 1, smoothstep(380, 450, y));
      return [150, 124, 98].map((c, i) => {
        const coat = mix(c, [62, 48, 38][i], stripe);
        return lit * mix(coat, [232, 222, 206][i], bib * 0.85);
      });
    },
  });
}

function drawEar(context, random, side) {
  const tip = [head.x + side * 130, 52];
  const outer = [head.x + side * 152, 216];
  const inner = [head.x + side * 34, 158];
  const within = (x, y, [a, b, c]) => {
    const turn = ([px, py], [qx, qy]) => Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
    return Math.abs(turn(a, b) + turn(b, c) + turn(c, a)) === 3;
  };
  const shrink = (p) => [mix(tip[0] - side * 22, p[0], 0.62), mix(150, p[1], 0.62)];
  const hollow = [tip, outer, inner].map(shrink);
  const box = [Math.min(inner[0], outer[0]), 60, Math.max(inner[0], outer[0]), 240];
  const lit = side < 0 ? 1.06 : 0.84;
  drawFur(context, random, {
    count: 3600,
    box,
    inside: (x, y) => within(x, y, [tip, outer, inner]),
    order: (x, y) => y - (within(x, y, hollow) ? 1000 : 0),
    direction: (x, y) => [(tip[0] - x) * 0.5 + side * 8, tip[1] - y - 40],
    length: 13,
    width: 1.6,
    colour: (x, y) => {
      if (within(x, y, hollow))
        return [214, 150, 138].map((c) => c * lit * mix(0.6, 1, smoothstep(100, 190, y)));
      return mixed([122, 98, 76], [70, 54, 43], smoothstep(150, 80, y)).map((c) => c * lit);
    },
  });
  drawTufts(context, random, { side, hollow, lit });
}

/** Long pale hairs from the ear's inner edge. */
function drawTufts(context, random, { side, hollow, lit }) {
  const [, , inner] = hollow;
  drawFur(context, random, {
    count: 130,
    box: [inner[0] - 24, inner[1] - 20, inner[0] + 24, inner[1] + 46],
    inside: () => true,
    order: (x, y) => y,
    direction: () => [side * 0.75, -1],
    length: 52,
    width: 1.3,
    colour: () => [238, 226, 208].map((c) => c * lit),
  });
}

const mixed = (a, b, t) => a.map((value, i) => mix(value, b[i], t));

/** Hair lies outwards from the nose; outer hair is under inner hair. */
function drawHead(context, random) {
  const inside = (x, y) => {
    const [u, v] = [(x - head.x) / head.a, (y - head.y) / head.b];
    const cheek = 0.17 * smoothstep(-0.1, 0.45, v) * smoothstep(0.95, 0.5, v);
    return Math.hypot(u / (1 + cheek), v) < 0.97;
  };
  const common = {
    box: [130, 110, 510, 420],
    inside,
    order: (x, y) => -Math.hypot(x - nose.x, y - nose.y),
    direction: (x, y) => {
      const [dx, dy] = [x - nose.x, y - nose.y];
      return [dx * (dy < 0 ? 0.75 : 1), dy - 26];
    },
    colour: (x, y) => coatColour((x - head.x) / head.a, (y - head.y) / head.b),
  };
  drawFur(context, random, { ...common, count: 17000, length: 17, width: 2.2 });
  drawFur(context, random, { ...common, count: 9000, length: 11, width: 1.1 });
}

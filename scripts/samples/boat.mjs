/** Where the hull meets the sea, in pixels from the top. */
export const waterline = 292;

const mast = { x: 262, top: 52, foot: 266 };

/** The boat alone, on a clear canvas or over the sea. */
export function drawBoat(context) {
  context.save();
  context.translate(mast.x, waterline);
  context.rotate(0.035);
  context.translate(-mast.x, -waterline);
  drawMast(context);
  drawSail(context, mainsail, ['#c9bfae', '#fff8ea', '#e9dfcc']);
  drawSail(context, jib, ['#e08a55', '#c4472f', '#8f2f28']);
  drawHull(context);
  drawCrew(context);
  context.restore();
}

/** Corners and bulges of a sail: straight luff at the mast, curved leech and foot. */
const mainsail = {
  path: 'M258 62 C 222 130 184 196 150 246 C 186 256 226 256 258 250 Z',
  seams: [
    [248, 84, 258, 86],
    [222, 128, 258, 134],
    [196, 172, 258, 180],
    [169, 216, 258, 224],
  ],
  from: [150, 150],
  to: [262, 190],
};

const jib = {
  path: 'M268 74 C 298 138 334 206 364 262 C 330 262 298 256 270 248 C 274 190 272 130 268 74 Z',
  seams: [
    [270, 130, 295, 128],
    [272, 176, 320, 174],
    [272, 220, 343, 220],
  ],
  from: [268, 150],
  to: [350, 210],
};

function drawSail(context, { path, seams, from, to }, [dark, light, shade]) {
  const sail = new globalThis.Path2D(path);
  const gradient = context.createLinearGradient(...from, ...to);
  gradient.addColorStop(0, dark);
  gradient.addColorStop(0.45, light);
  gradient.addColorStop(1, shade);
  context.fillStyle = gradient;
  context.fill(sail);
  context.save();
  context.clip(sail);
  context.strokeStyle = 'rgba(70, 50, 40, 0.28)';
  context.lineWidth = 1;
  for (const [x1, y1, x2, y2] of seams) {
    context.beginPath();
    context.moveTo(x1, y1);
    context.quadraticCurveTo((x1 + x2) / 2, y1 + 7, x2, y2);
    context.stroke();
  }
  context.restore();
}

function drawMast(context) {
  line(context, '#5a3a22', 3.6, [mast.x, mast.foot], [mast.x, mast.top]);
  line(context, '#6b452a', 4, [mast.x, 256], [146, 251]);
  line(context, 'rgba(50, 40, 40, 0.7)', 1, [mast.x, 58], [372, 268]);
  line(context, 'rgba(50, 40, 40, 0.7)', 1, [mast.x, 58], [134, 270]);
  context.fillStyle = '#c4472f';
  context.fill(
    new globalThis.Path2D('M262 50 C 272 44 280 54 292 47 L 290 57 C 280 62 272 53 262 60 Z'),
  );
}

function drawHull(context) {
  const hull = new globalThis.Path2D(
    'M126 266 C 200 274 300 274 378 260 C 366 280 352 292 338 300 L 158 300 C 142 294 132 282 126 266 Z',
  );
  const side = context.createLinearGradient(0, 262, 0, 300);
  side.addColorStop(0, '#fdfaf2');
  side.addColorStop(0.55, '#d5dbe0');
  side.addColorStop(1, '#8795a3');
  context.fillStyle = side;
  context.fill(hull);
  context.save();
  context.clip(hull);
  context.fillStyle = '#1d3f63';
  context.fillRect(110, 287, 280, 20);
  context.fillStyle = '#c4472f';
  context.fillRect(110, 283, 280, 3.5);
  context.restore();
  context.strokeStyle = '#7a4f2f';
  context.lineWidth = 3;
  context.stroke(new globalThis.Path2D('M126 266 C 200 274 300 274 378 260'));
  context.fillStyle = '#f3ead9';
  context.fill(
    new globalThis.Path2D(
      'M206 270 C 208 258 216 256 226 256 L 298 255 C 308 255 314 262 318 268 Z',
    ),
  );
  context.fillStyle = '#35506b';
  for (const x of [226, 248, 270, 290]) context.fillRect(x, 260, 12, 5);
}

function drawCrew(context) {
  for (const [x, coat] of [
    [160, '#2d5d8a'],
    [182, '#d9a02c'],
  ]) {
    context.fillStyle = coat;
    context.fill(new globalThis.Path2D(`M${x - 7} 271 C ${x - 7} 256 ${x + 7} 256 ${x + 7} 271 Z`));
    context.fillStyle = '#8a5a3c';
    context.beginPath();
    context.arc(x + 1, 255, 4.4, 0, 2 * Math.PI);
    context.fill();
  }
}

function line(context, colour, width, from, to) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

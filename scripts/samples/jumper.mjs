/** A person in a harness below the risers at (x, y); `size` scales a height of 120 pixels. */
export function drawJumper(context, { x, y, size }) {
  context.save();
  context.translate(x, y);
  context.scale(size, size);
  context.rotate(-0.05);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  // Risers, from where the lines meet to the shoulders.
  limb(context, '#2b2f38', 3, [
    [0, -2],
    [-11, 34],
  ]);
  limb(context, '#2b2f38', 3, [
    [0, -2],
    [11, 34],
  ]);
  // Legs, the farther first.
  limb(context, '#20293a', 11, [
    [5, 72],
    [12, 94],
    [7, 116],
  ]);
  limb(context, '#2d3a52', 11.5, [
    [-4, 72],
    [-8, 95],
    [-15, 116],
  ]);
  limb(context, '#15171c', 8, [
    [7, 117],
    [13, 121],
  ]);
  limb(context, '#15171c', 8, [
    [-15, 117],
    [-11, 122],
  ]);
  drawTrunk(context);
  // Arms up to the risers.
  limb(context, '#b5531d', 7.5, [
    [13, 40],
    [20, 26],
    [9, 14],
  ]);
  limb(context, '#d9692a', 7.5, [
    [-13, 40],
    [-20, 26],
    [-9, 14],
  ]);
  limb(context, '#d8a07c', 5.5, [
    [9, 14],
    [7, 9],
  ]);
  limb(context, '#e0aa85', 5.5, [
    [-9, 14],
    [-7, 9],
  ]);
  drawHead(context);
  context.restore();
}

function limb(context, colour, width, points) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
}

function drawTrunk(context) {
  const jacket = context.createLinearGradient(-16, 0, 16, 0);
  jacket.addColorStop(0, '#ef8136');
  jacket.addColorStop(0.6, '#c95c20');
  jacket.addColorStop(1, '#86380f');
  context.fillStyle = jacket;
  context.fill(new globalThis.Path2D('M-15 36 C -8 31 8 31 15 36 L 11 72 C 5 78 -5 78 -11 72 Z'));
  limb(context, '#22262e', 3, [
    [-11, 34],
    [-4, 54],
    [-9, 73],
  ]);
  limb(context, '#22262e', 3, [
    [11, 34],
    [4, 54],
    [9, 73],
  ]);
  limb(context, '#22262e', 3.2, [
    [-7, 52],
    [7, 52],
  ]);
}

function drawHead(context) {
  const helmet = context.createRadialGradient(-3, 19, 1, 0, 23, 10);
  helmet.addColorStop(0, '#fbfbf8');
  helmet.addColorStop(0.5, '#c9ced6');
  helmet.addColorStop(1, '#6d7480');
  context.fillStyle = '#d8a07c';
  context.beginPath();
  context.ellipse(0, 27, 6.4, 7.4, 0, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = helmet;
  context.beginPath();
  context.arc(0, 23.5, 8.4, Math.PI * 0.94, Math.PI * 2.06);
  context.fill();
  context.fillStyle = '#20242b';
  context.fillRect(-5.6, 25, 11.2, 3.4);
}

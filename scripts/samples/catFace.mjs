import { drawHair } from './fur.mjs';
import { mix } from './maths.mjs';

/** Eyes, nose, mouth and whiskers on a head {x, y, a, b}. */
export function drawFace(context, head, random) {
  context.save();
  context.translate(head.x, head.y);
  for (const side of [-1, 1]) drawEye(context, side);
  drawNose(context);
  drawMouth(context);
  drawWhiskers(context, random);
  context.restore();
}

function drawEye(context, side) {
  context.save();
  context.translate(side * 65, -8);
  context.scale(side, 1);
  context.rotate(-0.13);
  const lids = new globalThis.Path2D(
    'M-36 9 C -26 -18 -4 -31 14 -26 C 28 -21 36 -8 38 0 C 28 17 14 25 -2 24 C -16 23 -26 15 -36 9 Z',
  );
  context.lineJoin = 'round';
  context.strokeStyle = '#1f1713';
  context.lineWidth = 9;
  context.stroke(lids);
  context.save();
  context.clip(lids);
  const iris = context.createRadialGradient(1, -1, 4, 1, -1, 33);
  iris.addColorStop(0, '#d8e07a');
  iris.addColorStop(0.45, '#9dbb4e');
  iris.addColorStop(0.78, '#c08f2c');
  iris.addColorStop(1, '#5d3b14');
  context.fillStyle = iris;
  context.fillRect(-45, -45, 90, 90);
  drawFibres(context);
  context.fillStyle = '#0b0908';
  context.fill(new globalThis.Path2D('M1 -27 C 13 -12 13 10 1 23 C -11 10 -11 -12 1 -27 Z'));
  const lidShadow = context.createLinearGradient(0, -30, 0, 0);
  lidShadow.addColorStop(0, 'rgba(20, 12, 6, 0.75)');
  lidShadow.addColorStop(1, 'rgba(20, 12, 6, 0)');
  context.fillStyle = lidShadow;
  context.fillRect(-45, -45, 90, 50);
  context.restore();
  drawGlints(context, side);
  context.restore();
}

function drawFibres(context) {
  context.lineWidth = 0.8;
  for (let i = 0; i < 64; i++) {
    const angle = (i * Math.PI) / 32;
    context.strokeStyle = i % 2 ? 'rgba(255, 250, 190, 0.25)' : 'rgba(60, 50, 10, 0.28)';
    context.beginPath();
    context.moveTo(1 + 10 * Math.cos(angle), -1 + 10 * Math.sin(angle));
    context.lineTo(1 + (22 + (i % 5)) * Math.cos(angle), -1 + (22 + (i % 5)) * Math.sin(angle));
    context.stroke();
  }
}

/** The same window in both eyes, whichever way they are mirrored. */
function drawGlints(context, side) {
  context.fillStyle = 'rgba(255, 255, 255, 0.93)';
  context.beginPath();
  context.ellipse(-9 * side + 1, -11, 6.5, 7.5, 0.3, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = 'rgba(255, 255, 255, 0.4)';
  context.beginPath();
  context.ellipse(10 * side + 1, 10, 4, 3, -0.5, 0, 2 * Math.PI);
  context.fill();
}

function drawNose(context) {
  const shape = new globalThis.Path2D(
    'M-21 37 C -14 32 14 32 21 37 C 24 43 12 53 4 58 C 2 60 -2 60 -4 58 C -12 53 -24 43 -21 37 Z',
  );
  const skin = context.createLinearGradient(0, 33, 0, 60);
  skin.addColorStop(0, '#e2a598');
  skin.addColorStop(0.6, '#c97b72');
  skin.addColorStop(1, '#8f4a47');
  context.fillStyle = skin;
  context.fill(shape);
  context.strokeStyle = '#4a2c28';
  context.lineWidth = 2.2;
  context.stroke(shape);
  context.fillStyle = 'rgba(50, 18, 18, 0.8)';
  context.fill(new globalThis.Path2D('M-15 43 C -11 40 -6 43 -5 48 C -9 48 -13 47 -15 43 Z'));
  context.fill(new globalThis.Path2D('M15 43 C 11 40 6 43 5 48 C 9 48 13 47 15 43 Z'));
  context.fillStyle = 'rgba(255, 240, 235, 0.5)';
  context.beginPath();
  context.ellipse(-4, 37.5, 7, 1.8, 0, 0, 2 * Math.PI);
  context.fill();
}

function drawMouth(context) {
  context.strokeStyle = 'rgba(58, 34, 28, 0.85)';
  context.lineWidth = 2.4;
  context.lineCap = 'round';
  context.stroke(new globalThis.Path2D('M0 59 L 0 76 C -3 90 -24 97 -42 87'));
  context.stroke(new globalThis.Path2D('M0 76 C 3 90 24 97 42 87'));
  context.fillStyle = 'rgba(58, 40, 32, 0.6)';
  for (const side of [-1, 1]) {
    for (const [x, y] of [
      [24, 62],
      [34, 60],
      [44, 62],
      [26, 71],
      [37, 70],
      [48, 71],
      [31, 79],
      [43, 79],
    ]) {
      context.beginPath();
      context.arc(side * x, y, 1.3, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function drawWhiskers(context, random) {
  for (const side of [-1, 1]) {
    for (let i = 0; i < 9; i++) {
      const [x, y] = [side * (26 + 9 * (i % 3)), 62 + 8 * Math.floor(i / 3)];
      const lean = mix(-0.34, 0.3, i / 8) + 0.08 * (random() - 0.5);
      context.fillStyle = 'rgba(255, 254, 248, 0.88)';
      drawHair(context, x, y, {
        angle: side > 0 ? lean : Math.PI - lean,
        bend: side * 0.13,
        length: mix(150, 205, random()),
        width: 2.3,
      });
    }
    for (let i = 0; i < 3; i++) {
      context.fillStyle = 'rgba(255, 254, 248, 0.7)';
      const angle = -Math.PI / 2 + side * (0.35 + 0.2 * i);
      drawHair(context, side * (52 + 9 * i), -42, {
        angle,
        bend: side * 0.3,
        length: 78,
        width: 1.6,
      });
    }
  }
}

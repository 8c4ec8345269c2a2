/** Of the drawing of a cassette player's front, 400 pixels to a unit. */
export const frontSize = [1136, 560];

const [width, height] = frontSize;
const centre = { x: width / 2, y: height / 2 };
const speakers = [centre.x - 360, centre.x + 360];

/** Brushed metal, two speakers, a tuning scale, a door with a cassette behind it. */
export function drawFront(context) {
  const metal = context.createLinearGradient(0, 0, 0, height);
  metal.addColorStop(0, '#c9ccd0');
  metal.addColorStop(1, '#a3a7ad');
  context.fillStyle = metal;
  context.fillRect(0, 0, width, height);
  for (let y = 0; y < height; y += 2) {
    context.fillStyle = `rgba(40, 44, 52, ${0.05 + 0.05 * Math.sin(y * 12.9898) ** 2})`;
    context.fillRect(0, y, width, 1);
  }
  for (const x of speakers) drawSpeaker(context, x, centre.y + 48);
  drawScale(context);
  drawDoor(context);
  drawMeters(context);
}

function rounded(context, colour, x, y, w, h, radius) {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, w, h, radius);
  context.fill();
}

/** A cone behind a mesh of holes. */
function drawSpeaker(context, x, y) {
  const cone = context.createRadialGradient(x, y, 10, x, y, 182);
  cone.addColorStop(0, '#3a3b3e');
  cone.addColorStop(0.26, '#1d1e20');
  cone.addColorStop(0.3, '#3f4044');
  cone.addColorStop(0.85, '#151618');
  cone.addColorStop(0.9, '#4b4d52');
  cone.addColorStop(1, '#0d0e0f');
  context.fillStyle = cone;
  context.beginPath();
  context.arc(x, y, 182, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = 'rgba(120, 122, 128, 0.5)';
  for (let row = -22; row <= 22; row++) {
    for (let column = -22; column <= 22; column++) {
      const [dx, dy] = [8 * column + (row % 2 === 0 ? 0 : 4), 7.2 * row];
      if (Math.hypot(dx, dy) > 172) continue;
      context.fillRect(x + dx - 3.4, y + dy - 1, 6.8, 1.6);
      context.fillRect(x + dx - 3.9, y + dy - 2.4, 1.6, 4.6);
    }
  }
}

/** The tuner's window along the top. */
function drawScale(context) {
  rounded(context, '#15171b', 150, 30, width - 300, 104, 10);
  rounded(context, '#e8e2c8', 172, 44, width - 344, 62, 4);
  context.fillStyle = '#2a2a28';
  context.font = 'bold 17px sans-serif';
  context.textAlign = 'center';
  const bands = [
    { y: 62, marks: [88, 92, 96, 100, 104, 108] },
    { y: 100, marks: [53, 60, 70, 90, 120, 160] },
  ];
  for (const { y, marks } of bands) {
    marks.forEach((mark, i) => context.fillText(String(mark), 270 + i * 126, y));
  }
  for (let x = 200; x < width - 200; x += 14) {
    const tall = (x - 200) % 70 === 0;
    context.fillRect(x, tall ? 68 : 72, 2, tall ? 14 : 7);
  }
  context.fillStyle = '#c6281e';
  context.fillRect(width / 2 + 64, 44, 4, 62);
  context.fillStyle = '#d6d9de';
  context.font = 'bold 15px sans-serif';
  context.fillText('STEREO RADIO CASSETTE RECORDER', width / 2, 126);
}

/** A dark pane, behind it the cassette with its label and reels. */
function drawDoor(context) {
  const [x, y, w, h] = [centre.x - 160, centre.y - 84, 320, 208];
  rounded(context, '#1b1d21', x, y, w, h, 12);
  rounded(context, '#0c0d0f', x + 22, y + 26, w - 44, h - 62, 8);
  rounded(context, '#3a3631', x + 38, y + 38, w - 76, h - 86, 6);
  rounded(context, '#e9dfc9', x + 50, y + 44, w - 100, 58, 4);
  context.fillStyle = '#c4472f';
  context.fillRect(x + 50, y + 76, w - 100, 9);
  context.fillStyle = '#e0a436';
  context.fillRect(x + 50, y + 86, w - 100, 7);
  rounded(context, '#141414', x + 88, y + 80, w - 176, 54, 22);
  for (const reel of [x + 114, x + w - 114]) {
    context.fillStyle = '#f1ece0';
    context.beginPath();
    context.arc(reel, y + 107, 20, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#1a1a1a';
    context.beginPath();
    context.arc(reel, y + 107, 12, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#f1ece0';
    for (let i = 0; i < 6; i++) {
      context.save();
      context.translate(reel, y + 107);
      context.rotate((i * Math.PI) / 3);
      context.fillRect(-2, -13, 4, 6);
      context.restore();
    }
  }
  context.fillStyle = '#cfd3d8';
  context.font = 'bold 16px sans-serif';
  context.textAlign = 'center';
  context.fillText('AUTO STOP', centre.x, y + h - 14);
}

function drawMeters(context) {
  context.fillStyle = '#2b2d31';
  context.font = 'bold 15px sans-serif';
  context.textAlign = 'center';
  context.fillText('VOLUME', 88, 146);
  context.fillText('TUNING', width - 88, 146);
  for (let i = 0; i < 10; i++) {
    context.fillStyle = i < 6 ? '#38a04a' : '#c23a2b';
    context.fillRect(centre.x - 96 + i * 20, centre.y - 112, 14, 10);
  }
}

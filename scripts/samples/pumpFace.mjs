/** Of the drawing of a pump's front: 500 pixels to a unit, the housing's whole height. */
export const faceSize = [520, 1020];
export const globeSize = [400, 400];

const [width, height] = faceSize;

/** Red below and above, cream between, with the counter's window and a badge. */
export function drawPumpFace(context) {
  context.fillStyle = '#b3171b';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#efe6d2';
  context.fillRect(0, 100, width, 430);
  drawCounter(context);
  drawBadge(context);
  context.strokeStyle = 'rgba(60, 0, 0, 0.5)';
  context.lineWidth = 3;
  context.strokeRect(70, 575, width - 140, 400);
}

/** Three rows of figures behind glass. */
function drawCounter(context) {
  const [left, top, wide, high] = [72, 165, 376, 290];
  context.fillStyle = '#f4f0e4';
  context.fillRect(left, top, wide, high);
  context.fillStyle = '#20262c';
  context.textAlign = 'center';
  const rows = [
    { words: 'THIS SALE', figures: '0725', y: 186 },
    { words: 'GALLONS', figures: '0212', y: 282 },
    { words: 'PRICE PER GALLON', figures: '341', y: 378 },
  ];
  for (const { words, figures, y } of rows) {
    context.fillStyle = '#1d2c4a';
    context.font = 'bold 19px sans-serif';
    context.fillText(words, width / 2, y + 14);
    [...figures].forEach((figure, i) => {
      const x = width / 2 + (i - (figures.length - 1) / 2) * 46;
      context.fillStyle = '#14161a';
      context.fillRect(x - 20, y + 22, 40, 48);
      context.fillStyle = '#f6f3ea';
      context.font = 'bold 40px sans-serif';
      context.fillText(figure, x, y + 60);
    });
  }
}

function drawBadge(context) {
  const [x, y] = [width / 2, 700];
  context.fillStyle = '#efe6d2';
  context.beginPath();
  context.roundRect(x - 160, y - 56, 320, 112, 56);
  context.fill();
  context.strokeStyle = '#1d2c4a';
  context.lineWidth = 8;
  context.beginPath();
  context.roundRect(x - 148, y - 44, 296, 88, 44);
  context.stroke();
  context.fillStyle = '#1d2c4a';
  context.textAlign = 'center';
  context.font = 'bold 54px sans-serif';
  context.fillText('REGULAR', x, y + 19, 250);
  context.fillStyle = '#efe6d2';
  context.font = 'bold 30px sans-serif';
  context.fillText('CONTAINS LEAD', x, y + 150, 240);
}

/** The lamp on top: a word between two stripes. */
export function drawGlobe(context) {
  context.fillStyle = '#fbf7ea';
  context.fillRect(0, 0, ...globeSize);
  context.fillStyle = '#1d2c4a';
  context.fillRect(0, 112, 400, 16);
  context.fillRect(0, 272, 400, 16);
  context.fillStyle = '#c21d1f';
  context.textAlign = 'center';
  context.font = 'bold 130px sans-serif';
  context.fillText('GAS', 200, 246, 290);
}

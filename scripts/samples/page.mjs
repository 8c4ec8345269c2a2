import { cassettePlayer } from './cassettePlayer.mjs';
import { cat } from './cat.mjs';
import { church } from './church.mjs';
import { colourWheel } from './colourWheel.mjs';
import { gasPump } from './gasPump.mjs';
import { encodeGif } from './gif.mjs';
import { golfBall } from './golfBall.mjs';
import { gratings } from './gratings.mjs';
import { samples } from './list.mjs';
import { parachute } from './parachute.mjs';
import { sailingBoat } from './sailingBoat.mjs';
import { stillLife } from './stillLife.mjs';
import { tallVase } from './tallVase.mjs';

const scenes = {
  stillLife,
  cat,
  gratings,
  sailingBoat,
  tallVase,
  colourWheel,
  golfBall,
  parachute,
  church,
  cassettePlayer,
  gasPump,
};

/** Draws one sample in the page and gives the file as a base64 data address. */
function drawSample(file) {
  const { scene, width, height, quality } = samples.find((sample) => sample.file === file);
  const canvas = globalThis.document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  scenes[scene](context);
  const type = file.split('.').at(-1).replace('jpg', 'jpeg');
  if (type !== 'gif') return canvas.toDataURL(`image/${type}`, quality);
  const gif = encodeGif(context.getImageData(0, 0, width, height));
  return `data:image/gif;base64,${globalThis.btoa(String.fromCharCode(...gif))}`;
}

globalThis.drawSample = drawSample;

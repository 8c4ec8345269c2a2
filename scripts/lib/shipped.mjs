/** Everything that a VSIX holds, in vsce's spelling; `*` stands for one file or more. */
export const shipped = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/alexnet-inspector.d.ts',
  'extension/dist/extension.js',
  'extension/dist/engine.js',
  'extension/dist/prepare.js',
  'extension/dist/webview.js',
  'extension/dist/webview.css',
  'extension/dist/THIRD_PARTY_NOTICES.txt',
  'extension/dist/wasm/tfjs-backend-wasm.wasm',
  'extension/dist/wasm/tfjs-backend-wasm-simd.wasm',
  'extension/dist/wasm/tfjs-backend-wasm-threaded-simd.wasm',
  'extension/dist/wasm/tfjs-backend-wasm-threaded-simd.js',
  'extension/dist/wasm/tfjs-backend-wasm-threaded-simd.worker.js',
  'extension/dist/wasm/mozjpeg_dec.wasm',
  'extension/dist/wasm/webp_dec.wasm',
  'extension/dist/wasm/avif_dec.wasm',
  'extension/media/icon.png',
  'extension/media/activity.svg',
  'extension/media/walkthrough/*.svg',
  'extension/samples/golf-ball.jpg',
  'extension/samples/parachute.jpg',
  'extension/samples/church.jpg',
  'extension/samples/cassette-player.jpg',
  'extension/weights/keras-ten-classes.safetensors',
  'extension/samples/cat.jpg',
  'extension/samples/still-life.jpg',
  'extension/samples/sailing-boat.webp',
  'extension/samples/colour-wheel.gif',
];

/** What is in a list of names and should not be, and what should be and is not. */
export function compareWithShipped(names) {
  return {
    extra: names.filter((name) => !shipped.some((entry) => fits(entry, name))),
    missing: shipped.filter((entry) => !names.some((name) => fits(entry, name))),
  };
}

function fits(entry, name) {
  const [before, after] = entry.split('*');
  if (after === undefined) return entry === name;
  const between = name.slice(before.length, name.length - after.length);
  return name === before + between + after && !between.includes('/');
}

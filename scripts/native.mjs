import { parseArgs } from 'node:util';
import { ensurePackages } from './lib/packages.mjs';
import { stopwatch } from './lib/seconds.mjs';
import { installNative } from './native/installNative.mjs';
import { removeResult } from './native/result.mjs';
import { forgetFailure } from './native/failure.mjs';
import { sentence } from './native/sentence.mjs';

const usage = `npm run native -- [--force] [--way NAME] [--remove]

Puts native TensorFlow into the cache outside the checkout, for npm start, test and bench.
  --force     make it anew although it is there
  --way NAME  only that way: downloads (what tfjs-node itself would fetch), python (the TensorFlow
              that this machine's Python has), wheel (the tensorflow-cpu wheel from PyPI)
  --remove    delete it`;

/** npm run native: from nothing to an engine on native TensorFlow, by the first way that works. */
async function main() {
  const { force, way, remove, help } = readArguments();
  if (help) return console.log(usage);
  if (remove) {
    await forgetFailure();
    return console.log((await removeResult()) ? 'Removed.' : 'There was nothing to remove.');
  }
  const elapsed = stopwatch();
  await ensurePackages();
  const there = await installNative({ force, way });
  console.log(`all of it took ${elapsed()}`);
  process.exitCode = there ? 0 : 1;
}

function readArguments() {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      force: { type: 'boolean' },
      way: { type: 'string' },
      remove: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return values;
}

main().catch((error) => {
  console.error(sentence(error));
  process.exitCode = 1;
});

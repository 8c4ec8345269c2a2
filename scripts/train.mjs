import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheRoot } from './lib/cache.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/root.mjs';
import { must } from './lib/run.mjs';
import { useNative } from './native/useNative.mjs';

const script = inRoot('out', 'train', 'train.js');
const usage = `npm run train:default -- FOLDER [--out DIR] [--pack FILE]

Trains the weights that ship, Keras' AlexNet on a folder of pictures that has a folder per class, named by
its WordNet id, or such folders in one called train. ImageNette's are at github.com/fastai/imagenette.
It takes hours, keeps its checkpoints, its log (log.jsonl) and the decoded pictures in DIR, by default in
the cache outside the checkout, and goes on where it was stopped when it is started again. --pack trains no
more but packs what was learned into FILE, as weights/ has it, and prints its size and checksum, which belong
into src/library/catalogue.ts.`;

/** npm run train:default: on native TensorFlow where npm run native made it, else on WebAssembly. */
async function main() {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      out: { type: 'string' },
      pack: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) return console.log(usage);
  await ensurePackages();
  useNative();
  await must(process.execPath, [inRoot('esbuild.mjs'), '--training'], { quiet: true });
  const out = values.out ?? join(cacheRoot(), 'train-default');
  if (values.pack !== undefined) {
    process.exitCode = await ended(script, ['--pack', folder, out, values.pack]);
    return;
  }
  console.log(`Checkpoints and the log are kept in ${out}`);
  process.exitCode = await ended(script, [folder, out]);
}

/** Runs a script to its end; what is sent to stop this process stops it, with a checkpoint. */
function ended(script, args) {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  // The terminal sends Ctrl+C to both.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

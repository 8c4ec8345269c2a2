import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildHostSources } from './lib/hostSources.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/root.mjs';
import { must } from './lib/run.mjs';
import { useNative } from './native/useNative.mjs';

const usage = `npm run evaluate -- FOLDER [--network ID] [--weights FILE] [--csv FILE]

Evaluates a network (keras, paper, bvlc, caffenet, torchvision) with weights from a file or "random" ones, by
default those that come with it where there are such (keras), on a folder that has a folder of pictures for
each class, named by WordNet id, label or class index; in its val where it has train and val. Prints top-1, top-5 and the classes, the hardest first; --csv writes every picture.
Ctrl+C ends it and keeps what is done.`;

const everyMs = 5000;
const entry = inRoot('src', 'host', 'evaluate', 'forScripts.ts');

/** npm run evaluate: AlexNet: Evaluate… without VS Code, on native TensorFlow where npm run native made it. */
async function main() {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      network: { type: 'string', default: 'keras' },
      weights: { type: 'string' },
      csv: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) return console.log(usage);
  await ensurePackages();
  useNative();
  await must(process.execPath, [inRoot('esbuild.mjs')], { quiet: true });
  const tools = await buildHostSources(entry, 'evaluate');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const { ended, report, csv, engine } = await tools.evaluateOnDisk({
    folder,
    network: values.network,
    weights: values.weights,
    shippedFolder: inRoot('weights'),
    bundle: inRoot('dist', 'engine.js'),
    addon: process.env.ALEXNET_TFJS_ADDON,
    signal: stop.signal,
    onProgress: progressPrinter(tools.progressWords),
  });
  if (!ended) return console.log('Stopped before anything was done.');
  print(tools, { ended, report, engine });
  if (values.csv === undefined) return;
  writeFileSync(values.csv, csv);
  console.log(`Every picture is in ${values.csv}`);
}

function progressPrinter(progressWords) {
  let last = Date.now();
  return (evaluation) => {
    if (Date.now() - last < everyMs) return;
    last = Date.now();
    console.log(`  ${progressWords(evaluation)}`);
  };
}

function print({ evaluationWords, accuracyWords }, { ended, report, engine }) {
  const { network, weights, why, unreadable } = ended;
  console.log(`\n${network} with ${weights}, ${engine.backend} on ${engine.threads} threads`);
  for (const { label, pictures, top1, top5 } of hardestFirst(report.classes)) {
    const [first, second] = [top1, top5].map((right) => accuracyWords(right, pictures).padStart(8));
    console.log(`${first} ${second} ${String(pictures).padStart(6)}  ${label}`);
  }
  for (const { name, why: reason } of unreadable > 0 ? report.unreadable : []) {
    console.log(`not counted: ${name}: ${reason}`);
  }
  if (why) console.log(why);
  console.log(evaluationWords(ended, report));
  if (report.among === undefined) return;
  const among = accuracyWords(report.among, report.pictures);
  console.log(`Top-1 among these ${report.classes.length} classes only: ${among}`);
}

function hardestFirst(classes) {
  const share = ({ top1, pictures }) => top1 / Math.max(1, pictures);
  return classes.toSorted((a, b) => share(a) - share(b));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { familyNames, keepFile, runFamily } from './fuzz/runFamily.mjs';
import { onPath } from './lib/onPath.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/root.mjs';
import { must, run } from './lib/run.mjs';
import { stopwatch } from './lib/seconds.mjs';

const usage = `npm run fuzz -- [--minutes N] [--family NAME] [--seed K] [--count N]

Breaks the fixtures of every format of pictures and weights, each file by a seed, and reads them: 2,000 files a family
from seed 1 (K) on, --count N for another number, and on until N minutes are over, shared by all families. Each must be
read or refused by a plain sentence, within 5 s and 1 GiB, and no picture other than Pillow reads it, where
ALEXNET_PYTHON, else python3, has Pillow. What fails is kept in out/fuzz with the command that repeats it.`;

const folder = inRoot('out', 'fuzz');

async function main() {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      minutes: { type: 'string', default: '0' },
      family: { type: 'string' },
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '2000' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(usage);
  const [minutes, seed, count] = ['minutes', 'seed', 'count'].map((name) => whole(name, values));
  await ensurePackages();
  await must(process.execPath, [inRoot('esbuild.mjs'), '--tests', 'fuzz/fuzzChild.ts'], {
    quiet: true,
  });
  const names = chosen(await familyNames(), values.family);
  const python = await pythonWithPillow();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let faults = 0;
  for (const family of names)
    faults += await fuzz(family, { seed, count, seconds: (60 * minutes) / names.length, python });
  if (!python)
    console.log(
      'not run: pictures beside Pillow (no Python with Pillow: ALEXNET_PYTHON names one)',
    );
  console.log(faults === 0 ? 'no faults' : `${faults} faults, kept in ${folder}`);
  process.exitCode = faults > 0 ? 1 : 0;
}

/** Runs a family to its end and keeps every file that failed; gives how many did. */
async function fuzz(family, plan) {
  const elapsed = stopwatch();
  const { tried, faults } = await runFamily(family, plan);
  console.log(`${faults.length > 0 ? '✗' : '✓'} ${family}: ${tried} files in ${elapsed()}`);
  for (const { seed, file, why } of faults) {
    const kept = `${folder}/${family}-${seed}`;
    await keepFile(family, seed, kept);
    console.log(
      `  ${file ?? ''} ${why}\n    ${kept}: npm run fuzz -- --family ${family} --seed ${seed} --count 1`,
    );
  }
  return faults.length;
}

function whole(name, values) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name} ${values[name]} is no whole number`);
}

function chosen(all, family) {
  if (family === undefined) return all;
  if (all.includes(family)) return [family];
  throw new Error(`no family is called ${family}: there are ${all.join(', ')}`);
}

async function pythonWithPillow() {
  const python = process.env.ALEXNET_PYTHON ?? onPath('python3') ?? onPath('python');
  if (!python) return undefined;
  const { code } = await run(python, ['-c', 'import PIL, numpy'], { quiet: true });
  return code === 0 ? python : undefined;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

import { writeFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { brokenFile, type Family } from '../support/fuzz/family';
import { guardedWork, watch } from '../support/fuzz/guard';
import { startPillow, type Pillow } from '../support/fuzz/pillow';
import { differenceFrom } from '../support/fuzz/pillowDifference';
import { modelFamilies } from '../support/fuzz/modelFamilies';
import { pictureFamilies } from '../support/fuzz/pictureFamilies';
import { tryFile } from '../support/fuzz/tryFile';
import { weightFamilies } from '../support/fuzz/weightFamilies';

const families: Readonly<Record<string, Family>> = {
  ...pictureFamilies,
  ...weightFamilies,
  ...modelFamilies,
};

/** A line for the parent at once: this process may not live to write another. */
function say(what: 'at' | 'fault' | 'end' | 'families', value: unknown): void {
  writeSync(1, `${JSON.stringify({ what, value })}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      family: { type: 'string', default: '' },
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '0' },
      seconds: { type: 'string', default: '0' },
      python: { type: 'string' },
      keep: { type: 'string' },
    },
  });
  const family = families[values.family];
  const first = Number(values.seed);
  if (!family) say('families', Object.keys(families));
  else if (values.keep === undefined) await tryAll(family, first, values);
  else writeFileSync(values.keep, (await brokenFile(family, first)).bytes);
}

interface Plan {
  readonly count: string;
  readonly seconds: string;
  readonly python?: string;
}

async function tryAll(family: Family, first: number, plan: Plan): Promise<void> {
  const { python } = plan;
  const pillow = family.kind === 'picture' && python ? startPillow(python) : undefined;
  const until = performance.now() + 1000 * Number(plan.seconds);
  let seed = first;
  for (; seed < first + Number(plan.count) || performance.now() < until; seed++) {
    say('at', seed);
    await tryOne(family, seed, pillow);
  }
  pillow?.stop();
  say('end', seed);
}

async function tryOne(family: Family, seed: number, pillow: Pillow | undefined): Promise<void> {
  const { original, bytes } = await brokenFile(family, seed);
  try {
    const outcome = await guardedWork(() => tryFile(family, bytes, original));
    if (typeof outcome === 'string' || !pillow) return;
    const whole = async (): Promise<unknown> => await tryFile(family, await original.bytes());
    const answer = await pillow.read(bytes);
    const difference = await differenceFrom(answer, outcome, original.name, whole);
    if (difference !== undefined) say('fault', { seed, file: original.name, why: difference });
  } catch (error) {
    say('fault', { seed, file: original.name, why: String(error) });
  }
}

if (isMainThread) void main();
else watch();

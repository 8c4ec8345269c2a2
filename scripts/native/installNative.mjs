import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fillBeside } from '../lib/cache.mjs';
import { withProgress } from '../lib/progress.mjs';
import { forgetFailure, rememberFailure } from './failure.mjs';
import { alone } from './lock.mjs';
import { probeAddon } from './probe.mjs';
import {
  addonFolder,
  addonName,
  downloadsFolder,
  readManifest,
  resultAddon,
  resultFolder,
  writeManifest,
} from './result.mjs';
import { sentence } from './sentence.mjs';
import { downloads } from './ways/downloads.mjs';
import { python } from './ways/python.mjs';
import { wheel } from './ways/wheel.mjs';

/** From the one that costs least to the one that costs most; the first that works is taken. */
const allWays = [downloads, python, wheel];

/**
 * Puts native TensorFlow into the cache by the first way whose result computes a known answer;
 * does nothing where it is. Says what it does; resolves with whether native TensorFlow is there.
 */
export async function installNative({ force, way, ways = allWays, probe = probeAddon } = {}) {
  const chosen = ways.filter(({ name }) => way === undefined || name === way);
  if (chosen.length === 0) {
    throw new Error(`no way ${way}; there are ${ways.map(({ name }) => name).join(', ')}`);
  }
  const there = resultAddon() ? readManifest() : undefined;
  if (there && !force && (way === undefined || there.way === way)) {
    console.log(`TensorFlow ${there.tensorflow} is there, by ${there.way}: ${resultFolder()}`);
    return true;
  }
  if (!there && existsSync(resultFolder())) {
    console.log(`${resultFolder()} is not as it was made: making it anew`);
  }
  const reasons = await alone(() => tryInTurn(chosen, probe));
  if (reasons.length === 0) return true;
  // A single way that was asked for says nothing about the others.
  if (way === undefined) await rememberFailure(reasons);
  console.log(['\nNo native TensorFlow:', ...reasons].join('\n  '));
  console.log(
    there ? 'The one that is there stays.' : 'Everything runs on WebAssembly (wasm) instead.',
  );
  return false;
}

/** Why each way failed; nothing as soon as one worked. */
async function tryInTurn(ways, probe) {
  const reasons = [];
  for (const way of ways) {
    console.log(`${way.name}:`);
    try {
      await makeBy(way, probe);
      await rm(downloadsFolder(), { recursive: true, force: true });
      await forgetFailure();
      console.log(`TensorFlow ${readManifest().tensorflow} runs natively: ${resultFolder()}`);
      return [];
    } catch (error) {
      const why = sentence(error);
      reasons.push(`${way.name}: ${why}`);
      console.log(`  ${why}`);
    }
  }
  return reasons;
}

async function makeBy(way, probe) {
  const fill = async (building) => {
    const { from, outside } = await way.make(building);
    const addon = join(building, addonFolder, addonName);
    const tensorflow = await withProgress('Proving it: the engine computes a known answer', () =>
      probe(addon),
    ).catch(async (error) => {
      await way.forget?.();
      throw error;
    });
    await writeManifest(building, { way: way.name, tensorflow, from, outside });
  };
  await fillBeside(resultFolder(), fill, { replace: true });
}

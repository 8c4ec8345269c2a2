import { existsSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';
import { must } from '../lib/run.mjs';
import { hostTools } from './hostTools.mjs';

/**
 * Loads an addon in the engine's own process, which computes a known convolution with it; resolves
 * with TensorFlow's version. A crash, a hang or a wrong answer ends that process only and throws.
 */
export async function probeAddon(addonPath, { timeoutMs } = {}) {
  const engine = inRoot('dist', 'engine.js');
  if (!existsSync(engine)) await must(process.execPath, [inRoot('esbuild.mjs')], { quiet: true });
  const { probeAddon: probe } = await hostTools();
  try {
    return (await probe(engine, addonPath, new AbortController().signal, timeoutMs)).version;
  } catch (error) {
    throw new Error(`the addon does not work: ${error.message}`, { cause: error });
  }
}

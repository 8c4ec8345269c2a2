import { existsSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';
import { knownFailure } from './failure.mjs';
import { installNative } from './installNative.mjs';
import { addonFolder, addonName, resultAddon } from './result.mjs';
import { sentence } from './sentence.mjs';
import { useNative } from './useNative.mjs';

/** Native TensorFlow for a start: fetched the first time, and never in the way. */
export async function nativeForStart() {
  const packaged = inRoot('node_modules', '@tensorflow', 'tfjs-node', addonFolder, addonName);
  if (process.env.ALEXNET_TFJS_ADDON || existsSync(packaged)) return;
  if (!resultAddon()) await firstTime();
  useNative();
}

async function firstTime() {
  const failure = knownFailure();
  if (failure) {
    const day = failure.when.slice(0, 10);
    console.log(`On WebAssembly: no native TensorFlow on ${day}; npm run native tries again.`);
    return;
  }
  console.log('Native TensorFlow, once (npm start -- --no-native goes without it)');
  try {
    await installNative();
  } catch (error) {
    console.log(`No native TensorFlow: ${sentence(error)}`);
  }
}

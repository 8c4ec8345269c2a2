import { join } from 'node:path';
import { cached } from '../lib/cache.mjs';
import { npm } from '../lib/npm.mjs';

const version = '1.30.0';

/** A file beside onnxruntime-node's packages, fetched from npm on first use; undefined where it cannot be had. */
export async function onnxRuntime() {
  const label = 'Fetching onnxruntime-node from npm (about 100 MB, once)';
  try {
    const folder = await cached(`onnxruntime-node-${version}`, label, (building) =>
      npm(['install', `onnxruntime-node@${version}`], building),
    );
    return join(folder, 'package.json');
  } catch (error) {
    console.log(error.message);
    return undefined;
  }
}

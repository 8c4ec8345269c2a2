import { join } from 'node:path';
import { cached } from '../lib/cache.mjs';
import { npm } from '../lib/npm.mjs';

const version = '1.30.0';
/** What each of its packages takes. */
const sizes = { 'onnxruntime-node': '100 MB', 'onnxruntime-web': '90 MB' };

/** A file beside the packages of onnxruntime-node or -web, fetched from npm on first use; undefined where it cannot be had. */
export async function onnxRuntime(name = 'onnxruntime-node') {
  const label = `Fetching ${name} from npm (about ${sizes[name]}, once)`;
  try {
    const folder = await cached(`${name}-${version}`, label, (building) =>
      npm(['install', `${name}@${version}`], building),
    );
    return join(folder, 'package.json');
  } catch (error) {
    console.log(error.message);
    return undefined;
  }
}

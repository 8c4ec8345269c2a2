import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** tfjs-node's own place for its addon, for every Node since 12 (Node-API 8). */
const packagedAddon = 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';

/** tfjs-node's native addon: where ALEXNET_TFJS_ADDON points, else in the package where a checkout has it built. */
export function findAddon(extensionPath: string): string | undefined {
  const candidates = [process.env['ALEXNET_TFJS_ADDON'], join(extensionPath, packagedAddon)];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

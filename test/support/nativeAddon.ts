import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** tfjs-node's addon, where this machine has one. */
export function nativeAddon(): string | undefined {
  const candidates = [
    process.env['ALEXNET_TFJS_ADDON'],
    resolve('node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'),
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

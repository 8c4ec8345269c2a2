import { resultAddon } from './result.mjs';

/** Points the VS Codes and tests that this process starts to the cache's addon, unless the person named one. */
export function useNative() {
  const addon = process.env.ALEXNET_TFJS_ADDON || resultAddon();
  if (addon) process.env.ALEXNET_TFJS_ADDON = addon;
}

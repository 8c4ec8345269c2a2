/** tfjs-node's own host. */
const usualHost = 'https://storage.googleapis.com';

/** Where native engines come from. Tests name a server of their own, in the environment: no workspace can. */
export function nativeHost(): string {
  return process.env['ALEXNET_NATIVE_HOST'] ?? usualHost;
}

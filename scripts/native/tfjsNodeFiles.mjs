import { basename } from 'node:path';
import { hostTools } from './hostTools.mjs';

const host = 'https://storage.googleapis.com/';
const releases = 'tensorflow/libtensorflow/libtensorflow-';

/**
 * The archives for a machine and their addresses, as tfjs-node's own installer takes them; undefined where there is
 * nothing for it. Without an addon its source has to be compiled: the prebuilt one exists for x64 only, and not for macOS.
 */
export async function tfjsNodeFiles({ platform, arch }, env = process.env) {
  const { nativePackages } = await hostTools();
  const { library, addon } = nativePackages[`${platform}-${arch}`] ?? {};
  if (!library) return undefined;
  const base = withSlash(setting(env, 'TFJS_NODE_CDN_STORAGE') || env.CDN_STORAGE || host);
  const prefix = setting(env, 'TFJS_NODE_BASE_URI') || `${base}${releases}`;
  const libraryUrl = library.path.startsWith(releases)
    ? `${prefix}${library.path.slice(releases.length)}`
    : `${base}${library.path}`;
  return {
    library: { url: libraryUrl, archive: library },
    addon: addon && { url: `${base}${addon.path}`, archive: addon },
    names: library.libraries.map((path) => basename(path)),
  };
}

/** npm hands the lines of .npmrc to its scripts in the environment. */
function setting(env, name) {
  return env[name] || env[`npm_config_${name}`];
}

function withSlash(address) {
  return address.endsWith('/') ? address : `${address}/`;
}

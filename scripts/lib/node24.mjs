import { join } from 'node:path';
import { cached } from './cache.mjs';
import { npm } from './npm.mjs';

/** VS Code's extension host runs on this Node, so its server needs it too. */
const major = 24;

/** A Node 24: this one if it is, else the binary that npm has for this machine. */
export async function node24() {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = binaryPackage();
  const folder = await cached(
    `node-${major}`,
    `Fetching Node ${major} from npm (about 50 MB, once)`,
    (building) => npm(['install', `${name}@${major}`], building),
  );
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', name, 'bin', executable);
}

/** The package that `node` on npm would choose in its install script. */
function binaryPackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { AddonChoice } from '../engine/engineClient';
import { checkBinary } from './binaryHeader';
import { addonFile, instead, thisPlatform, whyNone } from './nativePackage';

interface AddonPlaces {
  /** The setting alexnet.engine.libraryPath, '' where it is not set. */
  readonly libraryPath: string;
  /** Where the command installs it. */
  readonly installed: string;
  readonly extensionPath: string;
}

/** Where a folder that a person names may hold the addon: itself, tfjs-node's layout, or a package around that. */
const withinFolder = [
  'tfjs_binding.node',
  addonFile,
  `node_modules/@tensorflow/tfjs-node/${addonFile}`,
];

/** The first of: the setting, ALEXNET_TFJS_ADDON, what the command installed, tfjs-node's own place in a checkout. */
export function findAddon({ libraryPath, installed, extensionPath }: AddonPlaces): AddonChoice {
  if (libraryPath !== '') return namedAddon(libraryPath);
  const packaged = join(extensionPath, 'node_modules/@tensorflow/tfjs-node', addonFile);
  const path = [process.env['ALEXNET_TFJS_ADDON'], installed, packaged].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  return path === undefined ? { why: whyMissing() } : { path };
}

/** The addon that the setting names. The setting alone counts then: falling back would hide a mistake in it. */
function namedAddon(libraryPath: string): AddonChoice {
  try {
    const path = checkedPath(libraryPath);
    checkBinary(path, 'its addon', thisPlatform);
    return { path };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { why: `alexnet.engine.libraryPath is ${JSON.stringify(libraryPath)}: ${why}` };
  }
}

function checkedPath(path: string): string {
  if (!isAbsolute(path)) throw new Error('that is not an absolute path');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error('nothing is there');
  if (stat.isFile()) return path;
  if (!stat.isDirectory()) throw new Error('that is neither a file nor a folder');
  const found = withinFolder.map((name) => join(path, name)).find((file) => isFile(file));
  if (found === undefined) throw new Error('that folder holds no tfjs_binding.node');
  return found;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function whyMissing(): string {
  const none = whyNone(thisPlatform);
  const advice =
    none === undefined ? 'run "AlexNet: Install Native Engine"' : `${none}; ${instead}`;
  return `native TensorFlow is not installed; ${advice}`;
}

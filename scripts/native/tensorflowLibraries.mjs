import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hostTools } from './hostTools.mjs';

/** Names differ by version and platform: libtensorflow_cc.so.2, libtensorflow_cc.2.dylib, … */
const wanted = [/^libtensorflow_cc\..*(so|dylib)/, /^libtensorflow_framework\..*(so|dylib)/];

/** The two libraries of a Python's TensorFlow that the binding links to, checked to be for this machine. */
export async function tensorflowLibraries(folder) {
  const names = await readdir(folder);
  const found = wanted.map((pattern) => names.filter((name) => pattern.test(name)).sort()[0]);
  if (found.some((name) => name === undefined)) {
    throw new Error(`${folder} has no libtensorflow_cc and libtensorflow_framework to link to`);
  }
  const libraries = found.map((name) => join(folder, name));
  const { checkBinary, thisPlatform } = await hostTools();
  for (const library of libraries) checkBinary(library, basename(library), thisPlatform);
  return libraries;
}

/** The folder of its C headers. */
export function tensorflowHeaders(folder) {
  const include = join(folder, 'include');
  if (existsSync(join(include, 'tensorflow', 'c', 'eager', 'c_api.h'))) return include;
  throw new Error(`${folder} has no C headers (include/tensorflow/c)`);
}

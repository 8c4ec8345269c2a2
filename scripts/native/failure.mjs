import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheRoot } from '../lib/cache.mjs';
import { resultFolder } from './result.mjs';

/** Remembers that no way worked, so that not every start tries again at length. */
export async function rememberFailure(reasons) {
  const note = { result: basename(resultFolder()), when: new Date().toISOString(), reasons };
  const file = failureFile();
  await mkdir(dirname(file), { recursive: true }).catch(ignore);
  await writeFile(file, `${JSON.stringify(note, undefined, 2)}\n`).catch(ignore);
}

export async function forgetFailure() {
  await rm(failureFile(), { force: true }).catch(ignore);
}

/** What was remembered about this version's result, or undefined. */
export function knownFailure() {
  try {
    const note = JSON.parse(readFileSync(failureFile(), 'utf8'));
    return note.result === basename(resultFolder()) ? note : undefined;
  } catch {
    return undefined;
  }
}

function failureFile() {
  return join(cacheRoot(), 'native-failed.json');
}

/** A cache that cannot be written to remembers nothing; the try itself said so already. */
function ignore() {}

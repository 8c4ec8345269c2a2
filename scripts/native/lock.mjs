import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheRoot, isAlive } from '../lib/cache.mjs';
import { sentence } from './sentence.mjs';

/** Does the task as the only process on this cache: two would write into the same download. */
export async function alone(task) {
  const file = join(cacheRoot(), 'native.lock');
  const owner = Number(await readFile(file, 'utf8').catch(() => NaN));
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    throw new Error(`npm run native is at work already (process ${owner})`);
  }
  await take(file).catch((error) => {
    throw new Error(`the cache cannot be written to (${sentence(error)})`, { cause: error });
  });
  try {
    return await task();
  } finally {
    await rm(file, { force: true });
  }
}

/** What an ended process left is no lock; another that takes it first wins. */
async function take(file) {
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  await writeFile(file, `${process.pid}`, { flag: 'wx' });
}

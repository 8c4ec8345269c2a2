import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot, isAlive } from '../lib/cache.mjs';

/** Does the task as the only process on this cache: two would write into the same download. */
export async function alone(task) {
  await mkdir(cacheRoot(), { recursive: true });
  const file = join(cacheRoot(), 'native.lock');
  const owner = Number(await readFile(file, 'utf8').catch(() => NaN));
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    throw new Error(`npm run native is at work already (process ${owner})`);
  }
  await rm(file, { force: true });
  await writeFile(file, `${process.pid}`, { flag: 'wx' });
  try {
    return await task();
  } finally {
    await rm(file, { force: true });
  }
}

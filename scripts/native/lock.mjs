import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../lib/cache.mjs';
import { hostTools } from './hostTools.mjs';
import { sentence } from './sentence.mjs';

/** Does the task as the only process on this cache: two would write into the same download. */
export async function alone(task) {
  const { withLock } = await hostTools();
  const taken = (holder) => `npm run native is at work already (process ${holder})`;
  let hasBegun = false;
  const work = () => {
    hasBegun = true;
    return task();
  };
  try {
    await mkdir(cacheRoot(), { recursive: true });
    return await withLock(join(cacheRoot(), 'native.lock'), taken, work);
  } catch (error) {
    if (hasBegun || error.code === undefined) throw error;
    throw new Error(`the cache cannot be written to (${sentence(error)})`, { cause: error });
  }
}

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { withProgress } from './progress.mjs';

/** Where large downloads live, outside the checkout, so that a fresh clone does not fetch them again. */
export function cacheRoot() {
  return process.env.ALEXNET_CACHE || join(platformCache(), 'alexnet-inspector');
}

function platformCache() {
  if (process.platform === 'win32') {
    return process.env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

/** The cached folder of that name, filled on first use. */
export async function cached(name, label, fill) {
  const folder = join(cacheRoot(), name);
  if (existsSync(folder)) return folder;
  await fillBeside(folder, async (building) => {
    await writeFile(join(building, 'package.json'), '{ "private": true }\n');
    await withProgress(label, () => fill(building));
  });
  return folder;
}

/**
 * Fills a folder beside its place and renames it when complete: a cut download is never used, and
 * two at once do no harm. `replace` puts it in the place of one that is there.
 */
export async function fillBeside(folder, fill, { replace = false } = {}) {
  const building = `${folder}.building-${process.pid}`;
  await removeAbandoned(folder);
  try {
    await mkdir(building, { recursive: true });
    await fill(building);
    if (replace) await rm(folder, { recursive: true, force: true });
    await rename(building, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Removes half-filled folders whose process is gone. */
export async function removeAbandoned(folder) {
  const prefix = `${basename(folder)}.building-`;
  const names = await readdir(dirname(folder)).catch(() => []);
  const abandoned = names.filter(
    (name) => name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))),
  );
  for (const name of abandoned) {
    await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/** Whether a process of that number runs on this machine. */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

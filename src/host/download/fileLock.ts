import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { DownloadError } from './downloadError';

/** Runs work while no other process of this machine writes to the same place; throws what `taken` says of its number otherwise. */
export async function withLock<T>(
  path: string,
  taken: (holder: number) => string,
  work: () => Promise<T>,
): Promise<T> {
  if (!(await take(path))) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (await isHeld(path, holder)) throw new DownloadError(taken(holder));
    // Its holder ended without giving it back.
    await rm(path, { force: true });
    if (!(await take(path))) throw new DownloadError(taken(holder));
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
}

/** A process of this number runs, and the machine was not started since: numbers come again. */
async function isHeld(path: string, holder: number): Promise<boolean> {
  const taken = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return isRunning(holder) && taken > Date.now() - uptime() * 1000;
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

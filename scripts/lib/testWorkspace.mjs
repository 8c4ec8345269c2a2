import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './root.mjs';

/** Tests know the values of random weights; those that ship are chosen where they are tested. */
const settings = { 'alexnet.weights': 'random' };

/**
 * Places that a test VS Code may write to: `workspace` is a copy of samples with test/fixtures in
 * its `fixtures` folder; the others are a fresh user's folders.
 */
export async function testPlaces() {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'alexnet-test-')));
  const workspace = join(home, 'workspace');
  await cp(inRoot('samples'), workspace, { recursive: true });
  await cp(inRoot('test', 'fixtures'), join(workspace, 'fixtures'), { recursive: true });
  const dataDir = join(home, 'data');
  await writeUserSettings(dataDir);
  return {
    workspace,
    dataDir,
    extensionsDir: join(home, 'extensions'),
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Where the server has a user's settings, and where the desktop has them. */
async function writeUserSettings(dataDir) {
  for (const folder of [join(dataDir, 'data', 'User'), join(dataDir, 'User')]) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  }
}

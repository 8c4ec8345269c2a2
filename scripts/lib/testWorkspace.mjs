import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './root.mjs';

/**
 * Places that a test VS Code may write to: `workspace` is a copy of samples with test/fixtures in
 * its `fixtures` folder; the others are a fresh user's folders.
 */
export async function testPlaces() {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'alexnet-test-')));
  const workspace = join(home, 'workspace');
  await cp(inRoot('samples'), workspace, { recursive: true });
  await cp(inRoot('test', 'fixtures'), join(workspace, 'fixtures'), { recursive: true });
  return {
    workspace,
    dataDir: join(home, 'data'),
    extensionsDir: join(home, 'extensions'),
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

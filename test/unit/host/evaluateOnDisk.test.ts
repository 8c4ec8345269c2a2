import { strict as assert } from 'node:assert';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { evaluateOnDisk } from '../../../src/host/evaluate/forScripts';
import type { PanelEvaluation } from '../../../src/protocol/evaluation';
import { slimAlexNets } from '../../support/slimAlexNets';
import { startSlimEngine } from '../../support/startedEngine';

/** Real pictures by the folders of their classes. */
const folders = { tench: ['cat.jpg', 'gratings.png'], '574': ['still-life.jpg'] } as const;

describe('npm run evaluate', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-evaluate-'));
    for (const [name, files] of Object.entries(folders)) {
      await mkdir(join(folder, 'pictures', name), { recursive: true });
      for (const file of files) {
        await copyFile(join('samples', file), join(folder, 'pictures', name, file));
      }
    }
    await mkdir(join(folder, 'val'));
    await mkdir(join(folder, 'train'));
    for (const name of Object.keys(folders)) {
      await symlink(join(folder, 'pictures', name), join(folder, 'val', name), 'junction');
    }
    await writeFile(join(folder, 'pictures', 'tench', 'broken.jpg'), 'no picture');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('counts what the engine says of each picture alone, on folders that are links too', async () => {
    const told: PanelEvaluation[] = [];
    const { ended, report, csv, engine } = await evaluateOnDisk({
      shippedFolder: 'weights',
      folder,
      network: 'torchvision',
      weights: undefined,
      documents: Object.values(slimAlexNets),
      bundle: resolve('dist', 'engine.js'),
      addon: undefined,
      signal: new AbortController().signal,
      onProgress: (evaluation) => told.push(evaluation),
    });
    assert.equal(engine.backend, 'wasm');
    assert.deepEqual([ended?.status, ended?.done, ended?.unreadable], ['done', 4, 1]);
    assert.equal(told.at(-1)?.status, 'done');
    const alone = await startSlimEngine();
    try {
      await alone.loadRandom('torchvision');
      let right = 0;
      for (const [name, files] of Object.entries(folders)) {
        for (const file of files) {
          const bytes = await readFile(join('samples', file));
          const { logits } = await alone.classify('torchvision', 1, bytes);
          const best = logits.indexOf(Math.max(...logits));
          const truth = name === 'tench' ? 0 : 574;
          right += Number(best === truth);
          const line = csv.split('\n').find((each) => each.startsWith(`val/${name}/${file},`));
          const [, first] = /,n\d{8},\d+,[^,]+,(\d+),/.exec(line ?? '') ?? [];
          assert.equal(first, String(best), line);
        }
      }
      assert.deepEqual([report?.pictures, report?.top1], [3, right]);
    } finally {
      alone.stop();
    }
  });
});

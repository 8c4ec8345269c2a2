import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainingOrder, TrainingNews } from '../../../../src/protocol/trainerProtocol';
import { forkEngineChild, type EngineChild } from '../../../support/engineChild';
import { drawPictures } from '../../../support/tinyTraining';
import { tinyDocument, tinySettings } from '../../../support/trainingWindow';

describe('the process that trains', () => {
  let folder: string;
  let engine: EngineChild;
  let order: TrainingOrder;
  let count = 0;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'process-'));
    const drawn = drawPictures(join(folder, 'drawn'), 6);
    order = {
      document: tinyDocument,
      base: tinyDocument,
      weights: { kind: 'random', seed: 3 },
      anew: [],
      settings: { ...tinySettings, epochs: 50 },
      pictures: drawn.map(({ path, label }, index) => ({ path, label, heldOut: index % 3 === 0 })),
      folder: '',
    };
  });
  beforeEach(async () => {
    engine = forkEngineChild(undefined, []);
    await engine.rpc.call('start', { backend: 'cpu', addonPath: undefined, refused: [] });
    order = { ...order, folder: join(folder, `${++count}`) };
  });
  afterEach(() => engine.stop());
  after(() => rmSync(folder, { recursive: true }));

  /** Runs until so many steps were taken; what is done then is done while it runs. */
  const run = (steps: number, then: () => void, news: TrainingNews[] = []) =>
    engine.trainer.call('runTraining', undefined, {
      onProgress: (each) => {
        news.push(each);
        if (each.kind === 'step' && each.step === steps) then();
      },
    });

  it('answers other questions between two steps, pauses with a checkpoint and goes on from it', async () => {
    const opened = await engine.trainer.call('openTraining', order);
    assert.deepEqual([opened.learned, opened.heldOut, opened.stepsPerEpoch], [12, 6, 2]);
    const news: TrainingNews[] = [];
    let during: Promise<readonly unknown[]> | undefined;
    const how = await run(
      5,
      () => {
        during = Promise.all([
          engine.trainer.call('learnedFilters', undefined),
          engine.trainer.call('learnedMaps', { layer: 'pool1' }),
          engine.trainer.call('learnedMaps', { layer: 'fc2' }),
          engine.rpc.call('usage', undefined),
        ]).then((answers) => {
          void engine.trainer.call('pauseTraining', undefined);
          return answers;
        });
      },
      news,
    );
    assert.equal(how, 'paused');
    const [filters, maps, units] = (await during!) as readonly { tiles: number }[];
    assert.deepEqual([filters!.tiles, maps!.tiles, units!.tiles], [4, 4, 16]);
    const last = news.at(-1)!;
    assert.ok(last.kind === 'checkpoint' && last.step >= 5 && last.step < 100);
    const again = await engine.trainer.call('openTraining', order);
    assert.equal(again.step, last.step);
  });

  it('draws a row of views for each picture that can be decoded: as it is classified, then varied', async () => {
    const { preprocess } = tinyDocument;
    const { augmentation } = tinySettings;
    const rows = await engine.trainer.call('augmentedViews', {
      paths: [order.pictures[0]!.path, join(folder, 'none.png')],
      ...{ preprocess, augmentation, seed: 1, views: 3 },
      input: { width: 8, height: 8 },
    });
    const [[plain, ...varied] = assert.fail()] = rows;
    assert.equal(rows.length, 1);
    assert.equal(varied.length, 3);
    const looks = [plain!, ...varied].map(({ width, height, rgb }) => {
      assert.deepEqual([width, height, rgb.length], [8, 8, 192]);
      return Buffer.from(rgb).toString('hex');
    });
    assert.equal(new Set(looks).size, 4);
  });

  it('says which network it cannot train before it decodes for long', async () => {
    const learning = { kind: 'from', layer: 'conv9' } as const;
    const settings = { ...order.settings, learning };
    const opened = engine.trainer.call('openTraining', { ...order, settings });
    await assert.rejects(opened, /no layer is named conv9/);
    await assert.rejects(engine.trainer.call('runTraining', undefined), /no training is open/);
  });

  it('ends with its host, in the middle of a training', async () => {
    await engine.trainer.call('openTraining', order);
    let isEnding = false;
    const running = run(3, () => {
      isEnding = true;
      engine.disconnect();
    });
    await assert.rejects(running);
    assert.ok(isEnding);
    assert.equal(await engine.ended, 0);
  });
});

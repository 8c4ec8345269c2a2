import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrepareThreads } from '../../../src/engine/batch/prepareThreads';
import { alexNets } from '../../../src/library/alexNets';
import { inputShape } from '../../../src/network/inputShape';
import { nativeAddon } from '../../support/nativeAddon';
import { notRun } from '../../support/notRun';
import { startSlimEngine, type StartedEngine } from '../../support/startedEngine';

const addonPath = nativeAddon();
if (addonPath === undefined) notRun('native TensorFlow: pictures together');

const files = ['cat.jpg', 'still-life.jpg', 'sailing-boat.webp', 'gratings.png'];
/** Of the largest logit: sums of a batch are added in another order. */
const tolerance = 1e-5;

for (const backend of [
  'wasm',
  ...(addonPath === undefined ? [] : ['tensorflow' as const]),
] as const) {
  describe(`pictures that run together, on ${backend}`, function () {
    this.timeout(120_000);
    let engine: StartedEngine;
    let pictures: readonly Uint8Array[];

    before(async () => {
      engine = await startSlimEngine({ backend, addonPath });
      pictures = await Promise.all(files.map((file) => readFile(join('samples', file))));
    });
    after(() => engine.stop());

    for (const id of ['keras', 'bvlc', 'torchvision'] as const) {
      it(`are taken for what each alone is taken for, by ${id}`, async () => {
        const { preprocess, network } = alexNets[id];
        await engine.loadRandom(id);
        const alone: Float32Array[] = [];
        for (const [index, bytes] of pictures.entries()) {
          alone.push((await engine.classify(id, index + 1, bytes)).logits);
        }
        const { tensors } = await engine.rpc.call('usage', undefined);
        const broken = Buffer.from('no picture');
        const given = [pictures[0]!, broken, ...pictures.slice(1)];
        const params = { batch: 1, pictures: given, preprocess, shape: inputShape(network) };
        const whys = await engine.rpc.call('prepare', params);
        assert.deepEqual(
          whys.map((why) => why === null),
          [true, false, true, true, true],
        );
        assert.match(whys[1] ?? '', /text/);
        const together = await engine.rpc.call('classifyPrepared', { batch: 1 });
        assert.equal(together.length, alone.length);
        for (const [index, logits] of together.entries()) {
          const largest = Math.max(...alone[index]!.map(Math.abs));
          const apart = Math.max(
            ...logits.map((value, at) => Math.abs(value - alone[index]![at]!)),
          );
          assert.ok(apart <= tolerance * largest, `${files[index]}: ${apart} of ${largest}`);
        }
        assert.equal((await engine.rpc.call('usage', undefined)).tensors, tensors);
        await assert.rejects(engine.rpc.call('classifyPrepared', { batch: 1 }), /no batch 1/);
      });
    }

    it('are none where none could be read, and a thumbnail is small', async () => {
      const { preprocess, network } = alexNets.torchvision;
      const shape = inputShape(network);
      await engine.rpc.call('prepare', { batch: 2, pictures: [], preprocess, shape });
      assert.deepEqual(await engine.rpc.call('classifyPrepared', { batch: 2 }), []);
      const { width, height } = await engine.rpc.call('thumbnail', { bytes: pictures[0]! });
      assert.deepEqual([width, height], [96, 72]);
    });
  });
}

describe('pictures are prepared', () => {
  it('in the engine’s own thread where no other can be made, and all the same', async () => {
    const bytes = await readFile(join('samples', 'cat.jpg'));
    const { preprocess, network } = alexNets.bvlc;
    const job = { bytes, preprocess, shape: inputShape(network) };
    const wasm = join('dist', 'wasm');
    const beside = await new PrepareThreads(
      wasm,
      join(process.cwd(), 'dist', 'prepare.js'),
    ).prepare(job);
    const threads = new PrepareThreads(wasm, join(process.cwd(), 'no-such-script.js'));
    const [here, again] = await Promise.all([threads.prepare(job), threads.prepare(job)]);
    assert.deepEqual(here, beside);
    assert.deepEqual(again, beside);
  });
});

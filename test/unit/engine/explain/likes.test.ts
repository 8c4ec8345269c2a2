import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alexNets } from '../../../../src/library/alexNets';
import { inputShape, inputSize } from '../../../../src/network/inputShape';
import { layerNamed } from '../../../../src/network/network';
import { Sight } from '../../../../src/network/sight';
import { mapShape } from '../../../../src/network/tensor/cell';
import { spanLength } from '../../../../src/network/tensor/span';
import type { EngineRun } from '../../../../src/protocol/engineProtocol';
import type { Imagined } from '../../../../src/protocol/imagining';
import { CancelledError } from '../../../../src/protocol/rpc';
import { slimAlexNets } from '../../../support/slimAlexNets';
import { startSlimEngine, type StartedEngine } from '../../../support/startedEngine';

const files = ['cat.jpg', 'still-life.jpg', 'gratings.png'];
const pictures = files.map((file) => readFileSync(join('samples', file)));
const { preprocess } = alexNets.torchvision;
const { network } = slimAlexNets.torchvision;
const size = inputSize(network);
const shape = inputShape(network);

describe('what units like, by the engine', () => {
  let engine: StartedEngine;
  const runs: EngineRun[] = [];

  before(async () => {
    engine = await startSlimEngine();
    await engine.loadRandom('torchvision');
    for (const [index, bytes] of pictures.entries())
      runs.push(await engine.classify('torchvision', index + 1, bytes));
  });
  after(() => engine.stop());

  for (const layer of ['conv1', 'pool2', 'conv5', 'fc6', 'fc8']) {
    it(`of ${layer} are the cells that answer most in each picture`, async () => {
      const { tensors } = await engine.rpc.call('usage', undefined);
      await engine.rpc.call('prepare', { batch: 1, pictures, preprocess, shape });
      const found = await engine.rpc.call('strongestCells', { batch: 1, layer });
      assert.equal(found.length, files.length);
      const [height, width, channels] = mapShape(layerNamed(network, layer).outputShape);
      for (const [index, { values, cells }] of found.entries()) {
        const isLast = layer === 'fc8';
        const data = isLast
          ? runs[index]!.logits
          : (await engine.rpc.call('activation', { runId: index + 1, layer })).data;
        assert.deepEqual([values.length, cells.length], [channels, channels]);
        const close = 1e-4 * data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        assert.equal(data.length, height * width * channels);
        for (let channel = 0; channel < channels; channel++) {
          let most = -Infinity;
          for (let at = channel; at < data.length; at += channels) most = Math.max(most, data[at]!);
          assert.ok(Math.abs(values[channel]! - most) <= close, `${channel}: ${values[channel]}`);
          const atCell = data[cells[channel]! * channels + channel]!;
          assert.ok(Math.abs(atCell - most) <= close, `${channel}`);
        }
      }
      assert.equal((await engine.rpc.call('usage', undefined)).tensors, tensors);
    });
  }

  it('are cut out of what the network saw, at its edges too', async () => {
    const sight = new Sight(network);
    const { seen } = runs[0]!;
    for (const [row, column] of [
      [0, 0],
      [6, 12],
    ] as const) {
      const area = sight.cellSees('conv3', row, column)!;
      const { rows, columns } = area;
      const part = await engine.rpc.call('seenPart', {
        bytes: pictures[0]!,
        preprocess,
        size,
        area,
      });
      assert.deepEqual([part.height, part.width], [spanLength(rows), spanLength(columns)]);
      const whole = sight.cellSees('conv3', 6, 6)!;
      assert.ok(part.width < spanLength(whole.columns), 'at an edge less is seen');
      for (let y = 0; y < part.height; y++) {
        const from = 3 * ((rows.first + y) * seen.width + columns.first);
        assert.deepEqual(
          part.rgb.subarray(3 * y * part.width, 3 * (y + 1) * part.width),
          seen.rgb.subarray(from, from + 3 * part.width),
        );
      }
    }
  });

  it('become a picture, which stays as far as it came when that is cancelled', async () => {
    const { tensors } = await engine.rpc.call('usage', undefined);
    const target = { layer: 'conv5', channel: 3 } as const;
    // Random kernels look for what a shift or a blur undoes.
    const settings = { steps: 6, jitter: 0, blur: 0 };
    const made = await engine.rpc.call('imagine', { target, preprocess, settings });
    assert.ok(made.value > made.start, `${made.start} to ${made.value}`);
    assert.deepEqual([made.picture.width, made.picture.height], [size.width, size.height]);
    assert.ok(made.picture.rgb instanceof Uint8Array);
    const controller = new AbortController();
    let last: Imagined | undefined;
    const running = engine.rpc.call(
      'imagine',
      { target, preprocess, settings: { ...settings, steps: 10_000 } },
      {
        signal: controller.signal,
        onProgress: ({ imagined }) => {
          last = imagined;
          controller.abort();
        },
      },
    );
    await assert.rejects(running, CancelledError);
    const { step } = last!;
    const again = await engine.rpc.call('imagine', {
      target,
      preprocess,
      settings: { ...settings, steps: step },
    });
    assert.deepEqual(last!.picture, again.picture);
    assert.equal((await engine.rpc.call('usage', undefined)).tensors, tensors);
  });

  it('are refused of layers that are not there, and of batches', async () => {
    await engine.rpc.call('prepare', { batch: 2, pictures, preprocess, shape });
    const asked = engine.rpc.call('strongestCells', { batch: 2, layer: 'conv9' });
    await assert.rejects(asked, /no layer is named "conv9"/);
    const again = engine.rpc.call('strongestCells', { batch: 2, layer: 'conv5' });
    await assert.rejects(again, /there is no batch 2/);
  });
});

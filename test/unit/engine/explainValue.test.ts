import { strict as assert } from 'node:assert';
import type { AlexNetId } from '../../../src/library/alexNets';
import { readFileSync } from 'node:fs';
import { mapShape, cellAt } from '../../../src/network/tensor/cell';
import type { Layer } from '../../../src/network/layers/layer';
import type { ValueExplanation } from '../../../src/protocol/engineProtocol';
import type { Stage } from '../../../src/webview/layers/stages/stage';
import { stagesOf } from '../../../src/webview/layers/explanation';
import { unit } from '../../support/formula';
import { slimAlexNets } from '../../support/slimAlexNets';
import type { StartedEngine } from '../../support/startedEngine';
import { startSlimEngine } from '../../support/startedEngine';

const picture = readFileSync('test/fixtures/imaging/rgb-420.jpg');

/** Float32's rounding of a sum grows with the sizes of what is added, and with how many there are. */
const roundings = 1e-6;
/** Smaller numbers are 0 in float32, as some backends compute it. */
const underflow = 2 ** -126;
const samples = 3;

describe('how a value came about', () => {
  let engine: StartedEngine;
  /** The run that Keras' network and its weights in the engine made. */
  let ran: number | undefined;

  before(async () => (engine = await startSlimEngine()));
  after(() => engine.stop());

  async function run(documentId: AlexNetId, runId: number): Promise<void> {
    await engine.loadRandom(documentId);
    await engine.classify(documentId, runId, picture);
  }

  async function current(): Promise<number> {
    if (ran === undefined) await run('keras', (ran = 12));
    return ran;
  }

  for (const [at, documentId] of (
    ['keras', 'paper', 'caffenet', 'torchvision'] as const
  ).entries()) {
    it(`adds up to the activation in every layer of ${documentId}, at corners and within`, async () => {
      const runId = at + 1;
      await run(documentId, runId);
      for (const layer of slimAlexNets[documentId].network.layers.slice(1)) {
        const { data } = await engine.rpc.call('activation', { runId, layer: layer.name });
        for (const index of indexes(layer, data)) {
          const cell = cellAt(layer.outputShape, index);
          const explanation = await engine.rpc.call('explainValue', {
            runId,
            layer: layer.name,
            ...cell,
          });
          assert.equal(explanation.value[0], data[index]);
          const shown = explanation.operands.kind === 'Conv2D' ? [0] : [];
          for (const channels of [shown, 'all'] as const) {
            const stages = stagesOf(explanation, { cell, shown: channels, nameOf: String });
            checkResult(explanation, stages, `${layer.name} at ${JSON.stringify(cell)}`);
          }
        }
      }
    });
  }

  it('is refused where other weights have been loaded since, but not where none are needed', async () => {
    await run('keras', 10);
    await run('keras', 11);
    ran = 11;
    const ask = (runId: number, layer: string) =>
      engine.rpc.call('explainValue', { runId, layer, row: 0, column: 0, channel: 0 });
    await assert.rejects(
      ask(10, 'conv1'),
      /^RemoteError: other weights were loaded since run 10; classify the picture again/,
    );
    assert.equal((await ask(10, 'pool1')).operands.kind, 'MaxPooling2D');
    assert.equal((await ask(11, 'conv1')).operands.kind, 'Conv2D');
    await assert.rejects(ask(1, 'conv1'), /run 1 is not kept/);
    await assert.rejects(ask(11, 'conv9'), /no layer is named "conv9"/);
    await assert.rejects(ask(11, 'input'), /no layer made/);
  });

  it('is refused for a value that the layer does not have', async () => {
    const runId = await current();
    const cells = [
      [56, 0, 0],
      [0, -1, 0],
      [0, 0, 96],
      [0.5, 0, 0],
    ] as const;
    for (const [row, column, channel] of cells) {
      const params = { runId, layer: 'conv1', row, column, channel };
      await assert.rejects(
        engine.rpc.call('explainValue', params),
        /conv1 has no value at row .*its output is 56 × 56 × 96/,
      );
    }
  });

  it('leaves no tensor behind', async () => {
    const runId = await current();
    const before = await engine.rpc.call('usage', undefined);
    for (const layer of ['conv1', 'bn1', 'conv2', 'fc6', 'fc8']) {
      await engine.rpc.call('explainValue', { runId, layer, row: 0, column: 0, channel: 5 });
    }
    const after = await engine.rpc.call('usage', undefined);
    assert.deepEqual([after.tensors, after.tensorBytes], [before.tensors, before.tensorBytes]);
  });
});

/** The ends of a layer, its largest value and some between. */
function indexes({ outputShape }: Layer, data: Float32Array): readonly number[] {
  const [height, width, channels] = mapShape(outputShape);
  const largest = data.reduce((best, value, at) => (value > data[best]! ? at : best), 0);
  const within = Array.from({ length: samples }, (_, i) =>
    Math.floor((unit(i, height + channels) + 0.5) * data.length),
  );
  const corners = [0, (width - 1) * channels, data.length - width * channels, data.length - 1];
  return [...new Set([...corners.map((at) => Math.max(0, at)), largest, ...within])];
}

function checkResult(explanation: ValueExplanation, stages: readonly Stage[], what: string): void {
  const value = explanation.value[0]!;
  const result = stages.at(-2)!.steps.at(-1)!.total;
  const apart = Math.abs(result - value);
  const allowed = roundings * (size(explanation) + Math.abs(value)) + underflow;
  assert.ok(apart <= allowed, `${what}: ${result} instead of ${value}, ${apart} > ${allowed}`);
  const { kind } = explanation.operands;
  if (['MaxPooling2D', 'Flatten', 'Dropout'].includes(kind)) assert.equal(apart, 0, what);
}

/** The sizes of all that was added. */
function size({ operands, value }: ValueExplanation): number {
  switch (operands.kind) {
    case 'Conv2D':
    case 'Dense': {
      const { inputs, kernel, bias, activation } = operands;
      const sum = inputs.reduce(
        (total, x, at) => total + Math.abs(x * kernel[at]!),
        Math.abs(bias ?? 0),
      );
      // The rounding of a logit is a share of its probability.
      return activation === 'softmax' ? sum * value[0]! : sum;
    }
    case 'BatchNormalization': {
      const { inputs, mean, variance, gamma, beta, epsilon } = operands;
      const scale = Math.abs(gamma) / Math.sqrt(variance + epsilon);
      return (Math.abs(inputs[0]!) + Math.abs(mean)) * scale + Math.abs(beta);
    }
    case 'Softmax':
      return largest(operands.inputs) * value[0]!;
    default:
      return largest(operands.inputs);
  }
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

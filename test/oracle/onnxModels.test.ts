import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import type { OnnxPlans } from '../../src/files/models/onnx/onnxPlans';
import type { TensorValue } from '../../src/files/models/onnx/values/value';
import type { Sample } from '../support/modelFixtures';
import { onnxBytes, onnxOracle, pictureOf, placeIn, plansOf } from '../support/onnxFixtures';
import { runOnnx } from '../support/runOnnx';

/** Of a tensor's root mean square; of integers one step more or less is right too. */
const tolerance = 1e-4;
const models = [
  ...['onnx-plain9', 'onnx-residual17', 'onnx-mobile13', 'onnx-external17', 'onnx-odd17'],
  ...['onnx-shuffle13', 'onnx-unet21', 'onnx-qdq13', 'onnx-qoperator13'],
];
/** Models that tf2onnx made of Keras', and PyTorch's exporters of before and after 2.5 of its own: file, and what says its outputs. */
const converted = [
  ...['plain', 'mobile', 'residual', 'unet'].map((name) => [`${name}-tf2onnx`, name] as const),
  ...['old', 'train', 'new'].map((way) => [`torch-${way}`, 'torch'] as const),
  ['torch-attention', 'attention'] as const,
];
/**
 * ONNX Runtime adds products of 8 bits in pairs of 16 where a processor has no better, which loses what is above: its sums are
 * some steps lower than those of these integers.
 */
const saturated = new Set(['onnx-qoperator13']);
const saturation = 6;
/** A product that is one layer with the sum that follows it. */
const joined = ['product'];

describe('models of ONNX, on WebAssembly', function () {
  this.timeout(60_000);
  before(async () => {
    const params = { backend: 'wasm', threads: 1, addonPath: undefined, refused: [] } as const;
    await startBackend(params, resolve('dist/wasm'), () => undefined);
  });

  for (const name of models) {
    it(`${name}: every tensor is what ONNX Runtime computes`, async () => {
      const oracle = onnxOracle(name);
      const opened = await plansOf(onnxBytes(`${name}.onnx`));
      const pictures = new Map(oracle.inputs.map((input) => [input.name, pictureOf(input)]));
      const [outputs = new Map<string, Float32Array>()] = await runOnnx(opened, [pictures]);
      const wrong: string[] = [];
      let compared = 0;
      for (const { tensor, output, type } of oracle.tensors) {
        const value = opened.values.get(tensor);
        if (value?.kind === 'constant' || joined.includes(tensor)) continue;
        assert.ok(value?.kind === 'tensor', tensor);
        assert.deepEqual(value.dims, output.shape, tensor);
        const values = outputs.get(value.layer.name);
        assert.ok(values, `${value.layer.name} did not run`);
        const far = distance(opened, value, { values, output, isWhole: type === 'uint8' });
        if (!(far <= (saturated.has(name) ? saturation : 1)))
          wrong.push(`${tensor} is off by ${far} of what it may`);
        compared++;
      }
      assert.deepEqual(wrong, []);
      assert.ok(compared > 6);
      await opened.close();
    });
  }

  for (const [file, name] of converted) {
    it(`${file}: its outputs are what the library computes that it comes from`, async () => {
      const oracle = onnxOracle(name);
      const opened = await plansOf(onnxBytes(`${file}.onnx`));
      const { inputs } = opened.plans;
      const pictures = new Map(
        oracle.inputs.map((input, at) => [inputs[at]!, pictureOf(input)] as const),
      );
      const [outputs = new Map<string, Float32Array>()] = await runOnnx(opened, [pictures]);
      for (const [at, output] of oracle.outputs.entries()) {
        const value = opened.values.get(opened.model.outputs[at]!.name);
        assert.ok(value?.kind === 'tensor');
        // Keras' shapes are without the batch.
        assert.deepEqual(value.dims.slice(1), output.shape);
        const values = outputs.get(value.layer.name)!;
        assert.ok(distance(opened, value, { values, output, isWhole: false }) <= 1);
      }
      await opened.close();
    });
  }
});

interface Compared {
  readonly values: Float32Array;
  readonly output: Sample;
  /** Whether the file has integers there, for which the network has the numbers that they stand for. */
  readonly isWhole: boolean;
}

/** How far values are from the samples of a tensor, of what they may be. */
function distance(
  { plans }: OnnxPlans,
  value: TensorValue,
  { values, output, isWhole }: Compared,
): number {
  const place = placeIn(value);
  const steps = stepsBefore(plans, value.layer.name);
  const { scale, zeroPoint } = steps ?? { scale: 0, zeroPoint: 0 };
  const real = (x: number): number => (isWhole ? scale * (x - zeroPoint) : x);
  const rms = Math.sqrt(output.values.reduce((sum, x) => sum + real(x) ** 2, 0) / output.at.length);
  const may = tolerance * rms + 1.001 * scale;
  const apart = output.at.map((at, i) =>
    Math.abs((values[place(at)] ?? NaN) - real(output.values[i]!)),
  );
  return Math.max(...apart) / may;
}

/** The steps of the integers that a layer's values were last made. */
function stepsBefore({ plans }: OnnxPlans['plans'], name: string) {
  const byName = new Map(plans.map((plan) => [plan.name, plan]));
  for (let plan = byName.get(name); plan; plan = byName.get(plan.inputs[0] ?? '')) {
    const { settings } = plan;
    const activation = settings.kind === 'Activation' ? settings.activation : undefined;
    if (typeof activation === 'object' && activation.function === 'quantise') return activation;
  }
  return undefined;
}

import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import type { OnnxPlans } from '../../src/files/models/onnx/onnxPlans';
import { inOrder, placeIn, plansOf } from '../support/onnxFixtures';
import { runOnnx } from '../support/runOnnx';
import { type NodeCase, nodeCases, type NodeTensor, withConstants } from '../support/onnxNodes';

/** Of the largest value. */
const tolerance = 1e-3;

describe("the onnx package's tests of operators, on WebAssembly", function () {
  this.timeout(120_000);
  before(async () => {
    const params = { backend: 'wasm', threads: 1, addonPath: undefined, refused: [] } as const;
    await startBackend(params, resolve('dist/wasm'), () => undefined);
  });

  it('316 of 355 give what they should; the others are not what networks of pictures are made of', async () => {
    const cases = nodeCases();
    assert.equal(cases.length, 355);
    const failed: string[] = [];
    for (const each of cases) {
      const why = await whyNot(each);
      const reason = reasons.find(([pattern]) => pattern.test(each.name));
      if (why === undefined) {
        assert.equal(reason, undefined, `${each.name} passes now`);
        continue;
      }
      failed.push(each.name);
      assert.ok(reason, `${each.name}: ${why}`);
      assert.match(why, reason[1], each.name);
    }
    assert.equal(cases.length - failed.length, 316);
  });
});

/** Tests that are not passed, and what is said of them. */
const reasons: readonly (readonly [test: RegExp, why: RegExp])[] = [
  // Three axes of space.
  [/(pool_3d|Pool3d|Conv3d|convtranspose_3d)/i, /takes batch x channels x height x width, got/],
  // Windows of averages with gaps.
  [/averagepool_2d_dilations$/, /its window is dilated by 2 x 2/],
  // Powers of two tensors that are both computed, biases and stacks of matrices.
  [/gemm_default_matrix_bias$/, /its bias is 3 × 4/],
  [/qlinearmatmul_3D/, /its matrix is/],
  [
    /_pow(_example|_bcast_array|_types_(int64|float32)_.*|_types_int32_float32)?$/,
    /Pow with several exponents/,
  ],
  // What only training asks for.
  [/dropout_default_mask_ratio$/, /z is not computed/],
  [/maxpool_with_argmax/, /z is not computed/],
  // Integers as an output: the network has the numbers that they stand for.
  [/qlinearconv$/, /is off by/],
  [/_quantizelinear_axis$/, /a scale for each channel/],
  // Nothing at all.
  [/reduce_(max|sum)_empty_set/, /./],
  [/slice_start_out_of_bounds$/, /nothing is left/],
  [/split_zero_size/, /parts of 0/],
  [/extrapolation_value$/, /what lies outside is 10/],
];

/** Why a test is not passed: with all of its inputs computed, else with all but the first of them in the file. */
async function whyNot(each: NodeCase): Promise<string | undefined> {
  let why = '';
  for (const held of heldApart(each)) {
    const found = await attempt(each, held);
    if (found === undefined) return undefined;
    why ||= found;
  }
  return why;
}

/** Which inputs the file holds itself, in the order in which they are tried. */
function heldApart({ inputs }: NodeCase): readonly ReadonlySet<number>[] {
  const all = inputs.map((_, at) => at);
  return [
    new Set(all.slice(1)),
    new Set(all.filter((at) => inputs[at]?.type !== 'float32' && at > 0)),
    new Set<number>(),
    new Set(all.slice(0, -1)),
    ...(inputs.some(({ type }) => type === 'float32') ? [] : [new Set(all)]),
  ];
}

async function attempt(
  { model, inputs, outputs }: NodeCase,
  held: ReadonlySet<number>,
): Promise<string | undefined> {
  let opened: OnnxPlans | undefined;
  try {
    const { tensors, inputs: ends } = (await plansOf(model)).model;
    const names = ends.map(({ name }) => name).filter((name) => !tensors.has(name));
    const constants = new Map<string, NodeTensor>();
    for (const at of held) constants.set(names[at]!, inputs[at]!);
    opened = await plansOf(withConstants(model, constants));
    const { values } = opened;
    const given = new Map(
      names.flatMap((name, at) => (held.has(at) ? [] : [[name, inputs[at]!] as const])),
    );
    const made = await run(opened, given);
    for (const [at, { name }] of opened.model.outputs.entries()) {
      const wanted = outputs[at]!;
      const value = values.get(name);
      const got = value?.kind === 'constant' ? value.constant.values : made.get(name);
      if (!got) return `${name} is not computed`;
      const largest = Math.max(1e-6, ...wanted.values.map(Math.abs));
      if (got.length !== wanted.values.length)
        return `${got.length} values for ${wanted.values.length}`;
      const far = wanted.values.reduce(
        (most, x, i) => Math.max(most, Math.abs(x - got[i]!) || (x === got[i] ? 0 : Infinity)),
        0,
      );
      if (!(far <= tolerance * largest)) return `${name} is off by ${far / largest}`;
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await opened?.close();
  }
}

/** The outputs by name; of a batch one picture runs after the other. */
async function run(
  opened: OnnxPlans,
  given: ReadonlyMap<string, NodeTensor>,
): Promise<ReadonlyMap<string, number[]>> {
  const { values, batch, model } = opened;
  const rows = Array.from({ length: batch }, (_, row) => {
    const pictures = [...given].map(([name, { values: all }]) => {
      const value = values.get(name);
      if (value?.kind !== 'tensor') throw new Error(`${name} is no tensor`);
      const count = all.length / batch;
      const picture = new Float32Array(count);
      const place = placeIn(value);
      all.subarray(row * count, (row + 1) * count).forEach((x, at) => (picture[place(at)] = x));
      return [value.layer.name, picture] as const;
    });
    return new Map(pictures);
  });
  const made = await runOnnx(opened, rows);
  const results = new Map<string, number[]>();
  for (const { name } of model.outputs) {
    const value = values.get(name);
    if (value?.kind !== 'tensor') continue;
    const lists = made.map((layers) => [...inOrder(value, layers.get(value.layer.name) ?? [])]);
    results.set(name, lists.flat());
  }
  return results;
}

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { alexNetIds, alexNets } from '../../src/library/alexNets';
import { inputSize } from '../../src/network/inputShape';
import type { CodeFramework } from '../../src/protocol/codeFrameworks';
import {
  type CodeModel,
  everyLayer,
  fixtureModels,
  formulaModel,
  secondCallModel,
  smallModels,
} from '../support/code/codeModels';
import { hostileModel } from '../support/code/hostileModel';
import { drawnPicture, pictureModels, preparedHere } from '../support/code/pictureModels';
import { runInNode } from '../support/code/runInNode';
import { type CodeRun, runInPython } from '../support/code/runInPython';
import { distance, engineOutputs } from '../support/code/writtenCode';
import { image } from '../support/formula';
import { notRun } from '../support/notRun';
import { slimAlexNets } from '../support/slimAlexNets';

/** Of an output's root mean square. */
const tolerance = 1e-4;

/** The AlexNets are whole where this file is asked for: their weights alone take a minute to write. */
const isWhole = process.env['ALEXNET_ASKED_BY_NAME'] === 'yes';
const networks = isWhole ? alexNets : slimAlexNets;

const python = process.env['ALEXNET_PYTHON'] ?? 'python3';

/** Runs the code of models written into a folder. */
type RunCode = (
  models: readonly CodeModel[],
  folder: string,
  picture?: Picture,
) => Promise<CodeRun>;

/** One that code prepares: as a file, and as its pixels. */
interface Picture {
  readonly path: string;
  readonly pixels: tf.Tensor;
}

const runs: Readonly<Record<CodeFramework, RunCode | undefined>> = {
  tfjs: async (models, folder, picture) => {
    const outputs: CodeRun['outputs'][number][] = [];
    for (const [at, model] of models.entries())
      outputs.push(await runInNode(model, folder, `tfjs${at}`, picture?.pixels));
    return { outputs, errors: '' };
  },
  keras: inPython('keras', 'keras tensorflow numpy PIL'),
  pytorch: inPython('pytorch', 'torch safetensors numpy PIL'),
};

/** Undefined where this machine's Python lacks a package. */
function inPython(framework: 'keras' | 'pytorch', packages: string): RunCode | undefined {
  const question = `
from importlib.util import find_spec
assert all(find_spec(name) for name in '${packages}'.split())`;
  if (spawnSync(python, ['-c', question]).status === 0)
    return (models, folder, picture) =>
      runInPython(python, framework, models, folder, picture?.path);
  notRun(`exported code for ${framework}: ${python} lacks one of ${packages}`);
  return undefined;
}

/** The size that a picture is resized to before its middle is cut out. */
function sizeFor({ document }: CodeModel): readonly [height: number, width: number] {
  const { fit } = document.preprocess;
  const side = { stretch: undefined, warp: 256, crop: 256 }[fit.mode];
  const { height, width } = inputSize(document.network);
  return side === undefined ? [height, width] : [side, side];
}

for (const [framework, run] of Object.entries(runs)) {
  if (!run) continue;
  describe(`exported code, run by ${framework}`, function () {
    this.timeout(600_000);
    let folder: string;

    before(async () => {
      const params = { backend: 'wasm', threads: 1, addonPath: undefined, refused: [] } as const;
      await startBackend(params, resolve('dist/wasm'), () => undefined);
      folder = await mkdtemp(join(tmpdir(), 'alexnet-code-'));
    });
    after(() => rm(folder, { recursive: true, force: true }));

    /** Outputs that are not what the engine gives, and what the framework complained of. */
    async function wrong(models: readonly CodeModel[]): Promise<readonly string[]> {
      const { outputs, errors } = await run!(models, folder);
      const failed: string[] = [];
      for (const [at, model] of models.entries()) {
        const expected = await engineOutputs(model);
        const made = outputs[at];
        if (!made) failed.push(`${model.name} failed`);
        for (const [index, values] of (made ?? []).entries()) {
          const far = distance(values, expected[index]!);
          const layer = model.document.network.outputs[index] ?? '';
          if (!(far <= tolerance)) failed.push(`${model.name}: ${layer} is off by ${far}`);
        }
      }
      return failed.length > 0 ? [...failed, errors] : [];
    }

    it('gives what every layer of every kind and setting gives here', async () => {
      const models = [...smallModels(), hostileModel(), secondCallModel()];
      assert.deepEqual(await wrong([...models, ...models.map(everyLayer)]), []);
    });

    it('gives the outputs of every model of the fixtures', async () => {
      const models: CodeModel[] = [];
      for await (const model of fixtureModels()) models.push(model);
      assert.ok(models.length > 50);
      assert.deepEqual(await wrong(models), []);
    });

    it('prepares a picture as it is prepared here', async () => {
      // TensorFlow.js does not smooth what it makes smaller: its pictures have the size already.
      const isExact = framework === 'tfjs';
      const groups = isExact ? pictureModels.map((model) => [model]) : [pictureModels];
      for (const models of groups) {
        const size = isExact ? sizeFor(models[0]!) : ([300, 411] as const);
        const png = drawnPicture(...size);
        const path = join(folder, 'picture.png');
        await writeFile(path, png);
        const pixels = tf.tensor3d(image(...size, 5), [...size, 3], 'int32');
        const { outputs, errors } = await run(models, folder, { path, pixels });
        pixels.dispose();
        for (const [at, model] of models.entries()) {
          const expected = await preparedHere(model, png);
          const far = distance(outputs[at]?.[0] ?? new Float32Array(), expected);
          assert.ok(far <= tolerance, `${model.name} is off by ${far} ${errors}`);
        }
      }
    });

    for (const id of alexNetIds) {
      it(`gives the output of ${id}`, async () => {
        assert.deepEqual(await wrong([formulaModel(id, networks[id])]), []);
      });
    }
  });
}

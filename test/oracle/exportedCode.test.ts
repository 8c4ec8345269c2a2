import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { alexNetIds, alexNets } from '../../src/library/alexNets';
import {
  type CodeModel,
  everyLayer,
  fixtureModels,
  formulaModel,
  smallModels,
} from '../support/code/codeModels';
import { runInPython } from '../support/code/runInPython';
import { distance, engineOutputs } from '../support/code/writtenCode';
import { notRun } from '../support/notRun';
import { slimAlexNets } from '../support/slimAlexNets';

const python = process.env['ALEXNET_PYTHON'] ?? 'python3';
const packages = {
  keras: ['keras', 'tensorflow', 'numpy', 'PIL'],
  pytorch: ['torch', 'safetensors', 'numpy', 'PIL'],
} as const;

/** Of an output's root mean square. */
const tolerance = 1e-4;

/** The AlexNets are whole where this file is asked for: their weights alone take a minute to write. */
const isWhole = process.env['ALEXNET_ASKED_BY_NAME'] === 'yes';
const networks = isWhole ? alexNets : slimAlexNets;

for (const framework of ['keras', 'pytorch'] as const) {
  const question = packages[framework].map((name) => `assert find_spec('${name}')`).join('\n');
  const asked = spawnSync(python, ['-c', `from importlib.util import find_spec\n${question}`]);
  if (asked.status !== 0) {
    notRun(`exported code: ${python} has no ${packages[framework].join(', ')}`);
    continue;
  }
  describe(`exported code, run by ${framework}`, function () {
    this.timeout(600_000);
    let folder: string;

    before(async () => {
      const params = { backend: 'wasm', threads: 1, addonPath: undefined, refused: [] } as const;
      await startBackend(params, resolve('dist/wasm'), () => undefined);
      folder = await mkdtemp(join(tmpdir(), 'alexnet-code-'));
    });
    after(() => rm(folder, { recursive: true, force: true }));

    /** Models whose code gives anything but what the engine gives. */
    async function wrong(models: readonly CodeModel[]): Promise<readonly string[]> {
      const { outputs, errors } = await runInPython(python, framework, models, folder);
      const failed: string[] = [];
      let most = 0;
      for (const [at, model] of models.entries()) {
        const expected = await engineOutputs(model);
        const made = outputs[at];
        if (!made) failed.push(`${model.name} failed`);
        for (const [index, values] of (made ?? []).entries()) {
          const far = distance(values, expected[index]!);
          most = Math.max(most, far);
          const layer = model.document.network.outputs[index] ?? '';
          if (!(far <= tolerance)) failed.push(`${model.name}: ${layer} is off by ${far}`);
        }
      }
      if (process.env['SHOW']) console.log(models.length, 'models, most', most);
      return failed.length > 0 ? [...failed, errors] : [];
    }

    it('gives what every layer of every kind and setting gives here', async () => {
      const models = smallModels();
      assert.deepEqual(await wrong([...models, ...models.map(everyLayer)]), []);
    });

    it('gives the outputs of every model of the fixtures', async () => {
      const models: CodeModel[] = [];
      for await (const model of fixtureModels()) models.push(model);
      assert.deepEqual(await wrong(models), []);
    });

    for (const id of alexNetIds) {
      it(`gives the output of ${id}`, async () => {
        assert.deepEqual(await wrong([formulaModel(id, networks[id])]), []);
      });
    }
  });
}

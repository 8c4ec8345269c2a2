import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { extensionApi, inWorkspace } from '../support/extensionApi';
import { image } from '../support/formula';
import { notRun } from '../support/notRun';
import { writePng } from '../support/writePng';

interface Expected {
  readonly variant: 'keras' | 'torchvision' | 'bvlc';
  readonly top5: readonly number[];
  readonly logits: readonly number[];
  readonly logitsStd: number;
  readonly tolerance?: 'float16' | 'bfloat16';
}

const maxFileBytes = 3e8;

/**
 * One of each layout, and of a number format that is not float32: the unit ring reads every tensor of every file, and the oracle ring runs
 * each layout's networks. One after the other, as each is a quarter of a gigabyte unpacked. WebAssembly, which every
 * machine has, gets all; as files are read alike for both, TensorFlow gets one.
 */
const filesOf = {
  wasm: ['keras3.keras', 'torchvision-bf16.safetensors', 'bvlcalexnet-like.onnx'],
  tensorflow: ['torchvision.safetensors'],
} as const;

/** How much of the logits' spread a number format may cost. */
const tolerances = { float32: 1e-4, float16: 2e-3, bfloat16: 5e-2 } as const;
const sides = { keras: 224, torchvision: 224, bvlc: 227 } as const;
const fixtures = (name: string): vscode.Uri => inWorkspace('fixtures', 'weights', name);
const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('alexnet');

/** Whole files that the formats' own libraries wrote, and the logits those libraries' frameworks computed from them. */
for (const backend of ['wasm', 'tensorflow'] as const) {
  describe(`files of weights give their frameworks' logits on ${backend}`, () => {
    let api: AlexNetInspectorApi;
    let files: Readonly<Record<string, Expected>>;
    let missing: string | undefined;

    before(async () => {
      api = await extensionApi();
      await settings().update('engine.backend', backend, vscode.ConfigurationTarget.Global);
      const text = await readFile(fixtures('expected.json').fsPath, 'utf8');
      ({ files } = JSON.parse(text) as { files: typeof files });
      for (const side of new Set(Object.values(sides))) {
        const png = writePng(image(side, side, 1), side, side);
        await vscode.workspace.fs.writeFile(inWorkspace(`formula-${side}.png`), png);
      }
      if (backend === 'wasm') return;
      await api.engine().catch((error: unknown) => (missing = String(error)));
      if (missing !== undefined) notRun(`files of weights on native TensorFlow (${missing})`);
    });

    after(async () => {
      await settings().update('engine.backend', undefined, vscode.ConfigurationTarget.Global);
      // Nothing was loaded then, and random weights would be drawn for nobody.
      if (missing !== undefined) return;
      await api.loadWeights('random');
      await api.useVariant('keras');
    });

    for (const name of filesOf[backend]) {
      it(name, async function () {
        if (missing !== undefined) return this.skip();
        const expected = files[`${name}.br`];
        assert.ok(expected, `${name} is among the expected files`);
        await api.useVariant(expected.variant === 'keras' ? 'torchvision' : 'keras');
        const packed = await readFile(fixtures(`${name}.br`).fsPath);
        const file = inWorkspace(name);
        const bytes = brotliDecompressSync(packed, { maxOutputLength: maxFileBytes });
        await vscode.workspace.fs.writeFile(file, bytes);
        try {
          const info = await api.loadWeights(file);
          assert.equal(info.variant, expected.variant);
          assert.equal(info.trained, true);
          const picture = inWorkspace(`formula-${sides[expected.variant]}.png`);
          const run = await api.classify(picture, { preprocess: { fit: { mode: 'stretch' } } });
          assert.equal(run.backend, backend);
          assertLogits(run.logits, expected);
        } finally {
          await vscode.workspace.fs.delete(file);
        }
      });
    }
  });
}

function assertLogits(found: Float32Array, { logits, logitsStd, top5, tolerance }: Expected): void {
  const most = tolerances[tolerance ?? 'float32'];
  for (const [index, wanted] of logits.entries()) {
    const off = Math.abs((found[index] ?? NaN) - wanted) / logitsStd;
    assert.ok(off <= most, `logit ${index} is off by ${off} of the spread`);
  }
  // The files' weights repeat every 251 values, so classes 251 apart tie: the top 5 must hold the top values.
  const sorted = Float32Array.from(found).sort().reverse();
  for (const [rank, index] of top5.entries()) {
    const off = Math.abs((found[index] ?? NaN) - (sorted[rank] ?? NaN)) / logitsStd;
    assert.ok(off <= most, `rank ${rank} is off by ${off} of the spread`);
  }
}

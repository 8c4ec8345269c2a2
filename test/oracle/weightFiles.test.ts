import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { variants } from '../../src/network/variants/variants';
import type { EngineChild } from '../support/engineChild';
import { forkEngineChild } from '../support/engineChild';
import { image } from '../support/formula';
import { writePng } from '../support/writePng';

interface Expected {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly top5: readonly number[];
        readonly logits: readonly number[];
        readonly logitsStd: number;
      }
    >
  >;
}

const folder = resolve('test/fixtures/weights');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
const maxFileBytes = 3e8;

/** How much of the logits' spread a number format may cost. */
const files = [
  { name: 'torchvision.safetensors.br', tolerance: 1e-4 },
  { name: 'torchvision-f16.safetensors.br', tolerance: 2e-3 },
  { name: 'torchvision-bf16.safetensors.br', tolerance: 5e-2 },
];

describe("files written by PyTorch's safetensors give PyTorch's logits", function () {
  this.timeout(60_000);
  let engine: EngineChild;
  let scratch: string;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'alexnet-weights-'));
    engine = forkEngineChild();
    await engine.rpc.call('start', { backend: 'wasm', addonPath: undefined, refused: [] });
  });

  after(async () => {
    engine.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  for (const { name, tolerance } of files) {
    it(name, async () => {
      const { top5, logits, logitsStd } = expected.files[name]!;
      const path = join(scratch, 'file.safetensors');
      const packed = await readFile(join(folder, name));
      await writeFile(path, brotliDecompressSync(packed, { maxOutputLength: maxFileBytes }));
      const source = { kind: 'file', name, path } as const;
      const info = await engine.rpc.call('loadWeights', { variant: 'keras', source });
      assert.equal(info.variant, 'torchvision');
      assert.equal(info.tensors, 16);
      const preprocess = { ...variants.torchvision.preprocess, fit: { mode: 'stretch' } } as const;
      const bytes = writePng(image(224, 224, 1), 224, 224);
      const run = await engine.rpc.call('classify', { runId: 1, bytes, preprocess });
      for (const [index, wanted] of logits.entries()) {
        const off = Math.abs((run.logits[index] ?? NaN) - wanted) / logitsStd;
        assert.ok(off <= tolerance, `logit ${index} is off by ${off} of the spread`);
      }
      // The files' weights repeat every 251 values, so classes 251 apart tie: the top 5 must hold the top values.
      const sorted = Float32Array.from(run.logits).sort().reverse();
      for (const [rank, index] of top5.entries()) {
        const off = Math.abs((run.logits[index] ?? NaN) - (sorted[rank] ?? NaN)) / logitsStd;
        assert.ok(off <= tolerance, `rank ${rank} is off by ${off} of the spread`);
      }
    });
  }
});

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { variantIds } from '../../../src/network/variants/variant';
import { variants } from '../../../src/network/variants/variants';
import type { EngineRun } from '../../../src/protocol/engineProtocol';
import { CancelledError, ClosedError, RemoteError } from '../../../src/protocol/rpc';
import type { EngineChild } from '../../support/engineChild';
import { forkEngineChild } from '../../support/engineChild';

const picture = readFileSync('test/fixtures/imaging/rgb-420.jpg');
const random = { kind: 'random', seed: 1 } as const;

describe('the engine', function () {
  this.timeout(60_000);
  let engine: EngineChild;
  let runId = 0;

  const classify = (signal?: AbortSignal): Promise<EngineRun> => {
    const params = { runId: ++runId, bytes: picture, preprocess: variants.torchvision.preprocess };
    return engine.rpc.call('classify', params, { signal });
  };

  beforeEach(() => (engine = forkEngineChild()));
  afterEach(() => engine.stop());

  const start = () =>
    engine.rpc.call('start', { backend: 'wasm', addonPath: undefined, refused: [] });

  it('refuses native TensorFlow by name where there is none, and goes on with WebAssembly', async () => {
    const info = await engine.rpc.call('start', {
      backend: 'auto',
      addonPath: undefined,
      refused: [],
    });
    assert.equal(info.backend, 'wasm');
    assert.deepEqual(info.refused, [
      { backend: 'tensorflow', why: 'native TensorFlow is not installed' },
    ]);
  });

  it('refuses an addon that is none, and says why', async () => {
    const info = await engine.rpc.call('start', {
      backend: 'auto',
      addonPath: __filename,
      refused: [],
    });
    assert.equal(info.backend, 'wasm');
    assert.match(info.refused[0]!.why, /\S/);
  });

  it('says that no backend runs where only a missing one is asked for', async () => {
    const params = { backend: 'tensorflow', addonPath: undefined, refused: [] } as const;
    await assert.rejects(engine.rpc.call('start', params), (error) => {
      assert.ok(error instanceof RemoteError);
      assert.match(
        error.message,
        /no backend runs here \(tensorflow: native TensorFlow is not installed\)/,
      );
      return true;
    });
  });

  it('has no weights before they are loaded', async () => {
    await start();
    await assert.rejects(classify(), /no weights are loaded yet/);
  });

  it('keeps the same tensors through ten classifications and every change of variant', async () => {
    await start();
    await engine.rpc.call('loadWeights', { variant: 'torchvision', source: random });
    const before = await engine.rpc.call('usage', undefined);
    for (let i = 0; i < 10; i++) await classify();
    const after = await engine.rpc.call('usage', undefined);
    assert.deepEqual([after.tensors, after.tensorBytes], [before.tensors, before.tensorBytes]);
    assert.equal(after.runs, 4);
    for (const variant of [...variantIds, 'torchvision'] as const) {
      await engine.rpc.call('loadWeights', { variant, source: random });
    }
    const end = await engine.rpc.call('usage', undefined);
    assert.deepEqual([end.tensors, end.tensorBytes], [before.tensors, before.tensorBytes]);
  });

  it('leaves no tensor behind when it is cancelled in the middle, and works on', async () => {
    await start();
    await engine.rpc.call('loadWeights', { variant: 'keras', source: random });
    await classify();
    const before = await engine.rpc.call('usage', undefined);
    for (const milliseconds of [10, 30, 60]) {
      const controller = new AbortController();
      const running = classify(controller.signal);
      const cancelled = assert.rejects(running, CancelledError);
      await delay(milliseconds);
      controller.abort();
      await cancelled;
    }
    const after = await engine.rpc.call('usage', undefined);
    assert.equal(after.tensors, before.tensors);
    assert.equal((await classify()).logits.length, 1000);
  });

  it('reports progress that only grows, layer by layer', async () => {
    await start();
    await engine.rpc.call('loadWeights', { variant: 'torchvision', source: random });
    const seen: { what: string; fraction: number }[] = [];
    const params = { runId: 1, bytes: picture, preprocess: variants.torchvision.preprocess };
    await engine.rpc.call('classify', params, { onProgress: (progress) => seen.push(progress) });
    assert.ok(seen.some(({ what }) => what === 'running conv3'));
    const fractions = seen.map(({ fraction }) => fraction);
    assert.deepEqual(
      fractions,
      [...fractions].sort((a, b) => a - b),
    );
    assert.ok(fractions.at(-1)! <= 1);
  });

  it('keeps its weights when a file does not fit', async () => {
    await start();
    await engine.rpc.call('loadWeights', { variant: 'torchvision', source: random });
    const { logits } = await classify();
    const source = { kind: 'bytes', name: 'bad', bytes: Uint8Array.of(1, 2, 3) } as const;
    await assert.rejects(
      engine.rpc.call('loadWeights', { variant: 'torchvision', source }),
      /not a safetensors file/,
    );
    assert.deepEqual((await classify()).logits, logits);
  });

  it('fails what was asked of it when it is killed', async () => {
    await start();
    await engine.rpc.call('loadWeights', { variant: 'torchvision', source: random });
    const running = classify();
    engine.stop();
    await assert.rejects(running, ClosedError);
  });

  it('ends when the host goes away', async () => {
    await start();
    engine.disconnect();
    assert.equal(await engine.ended, 0);
  });
});

describe('random weights on two backends', function () {
  this.timeout(60_000);

  it('give the same top 5 and logits that agree', async () => {
    const logits = await Promise.all(
      (['wasm', 'cpu'] as const).map(async (backend) => {
        const engine = forkEngineChild();
        try {
          await engine.rpc.call('start', { backend, addonPath: undefined, refused: [] });
          await engine.rpc.call('loadWeights', {
            variant: 'torchvision',
            source: { kind: 'random', seed: 7 },
          });
          const params = { runId: 1, bytes: picture, preprocess: variants.torchvision.preprocess };
          return (await engine.rpc.call('classify', params)).logits;
        } finally {
          engine.stop();
        }
      }),
    );
    const [wasm, cpu] = logits as [Float32Array, Float32Array];
    const rms = Math.hypot(...cpu) / Math.sqrt(cpu.length);
    wasm.forEach((value, i) => assert.ok(Math.abs(value - cpu[i]!) <= 1e-4 * rms, `logit ${i}`));
  });
});

import { strict as assert } from 'node:assert';
import { alexNetIds, alexNets, library } from '../../../src/library/alexNets';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineRun, Progress, StartParams } from '../../../src/protocol/engineProtocol';
import type { CallOptions } from '../../../src/protocol/rpc';
import { CancelledError, ClosedError, RemoteError } from '../../../src/protocol/rpc';
import type { EngineChild } from '../../support/engineChild';
import { forkEngineChild } from '../../support/engineChild';
import { slimAlexNets } from '../../support/slimAlexNets';
import { startEngine, startSlimEngine, type StartedEngine } from '../../support/startedEngine';

const picture = readFileSync('test/fixtures/imaging/rgb-420.jpg');
const random = { kind: 'random', seed: 1 } as const;

describe('the engine', () => {
  let engine: EngineChild;
  /** Has slim torchvision's weights; those tests share it that leave it so. */
  let loaded: StartedEngine | undefined;
  let runId = 0;

  const classify = (options?: CallOptions<Progress>): Promise<EngineRun> => {
    const params = { runId: ++runId, bytes: picture, preprocess: alexNets.torchvision.preprocess };
    return engine.rpc.call('classify', params, options);
  };

  afterEach(() => {
    if (engine !== loaded) engine.stop();
  });
  after(() => loaded?.stop());

  const start = (params: Partial<StartParams> = {}, documents = library) => {
    engine = forkEngineChild(undefined, documents);
    return engine.rpc.call('start', {
      backend: 'wasm',
      addonPath: undefined,
      refused: [],
      ...params,
    });
  };

  const useLoaded = async (): Promise<void> => {
    if (!loaded) {
      loaded = await startSlimEngine();
      await loaded.loadRandom('torchvision');
    }
    engine = loaded;
  };

  it('refuses native TensorFlow by name where there is none, and goes on with WebAssembly', async () => {
    const info = await start({ backend: 'auto' });
    assert.equal(info.backend, 'wasm');
    assert.deepEqual(info.refused, [
      { backend: 'tensorflow', why: 'native TensorFlow is not installed' },
    ]);
  });

  it('refuses an addon that is none, and says why', async () => {
    const info = await start({ backend: 'auto', addonPath: __filename });
    assert.equal(info.backend, 'wasm');
    assert.match(info.refused[0]!.why, /\S/);
  });

  it('says that no backend runs where only a missing one is asked for', async () => {
    await assert.rejects(start({ backend: 'tensorflow' }), (error) => {
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
    await useLoaded();
    const before = await engine.rpc.call('usage', undefined);
    for (let i = 0; i < 10; i++) await classify();
    const after = await engine.rpc.call('usage', undefined);
    assert.deepEqual([after.tensors, after.tensorBytes], [before.tensors, before.tensorBytes]);
    assert.equal(after.runs, 4);
    for (const documentId of [...alexNetIds, 'torchvision'] as const) {
      await engine.rpc.call('loadWeights', { documentId, source: random });
    }
    const end = await engine.rpc.call('usage', undefined);
    assert.deepEqual([end.tensors, end.tensorBytes], [before.tensors, before.tensorBytes]);
  });

  it('keeps no run that only passes through, and makes a thumbnail of every picture', async () => {
    await useLoaded();
    const { thumbnail, preview, logits } = await classify();
    assert.equal(Math.max(thumbnail.width, thumbnail.height), 96);
    assert.equal(thumbnail.rgb.length, 3 * thumbnail.width * thumbnail.height);
    assert.ok(Math.abs(thumbnail.width / thumbnail.height - preview.width / preview.height) < 0.02);
    const { preprocess } = alexNets.torchvision;
    const params = { runId: ++runId, bytes: picture, preprocess, passing: true };
    assert.deepEqual((await engine.rpc.call('classify', params)).logits, logits);
    await assert.rejects(engine.rpc.call('input', { runId }), /run \d+ is not kept/);
    assert.equal((await engine.rpc.call('input', { runId: runId - 1 })).data.length, 150_528);
  });

  it('leaves no tensor behind when it is cancelled in the middle, and works on', async () => {
    await start();
    await engine.rpc.call('loadWeights', { documentId: 'keras', source: random });
    const before = await engine.rpc.call('usage', undefined);
    // Only the first run of a model surely takes long enough to say which layer is running.
    for (const during of [/^decoding/, /^running/]) {
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = ({ what }: Progress): void => {
        if (during.test(what)) controller.abort();
      };
      await assert.rejects(classify({ signal, onProgress }), CancelledError);
    }
    assert.equal((await classify()).logits.length, 1000);
    const after = await engine.rpc.call('usage', undefined);
    assert.equal(after.tensors, before.tensors);
  });

  it('reports progress that only grows', async () => {
    await start();
    // Only the first run of a model surely takes long enough to say which layer is running.
    await engine.rpc.call('loadWeights', { documentId: 'torchvision', source: random });
    const seen: { what: string; fraction: number }[] = [];
    await classify({ onProgress: (progress) => seen.push(progress) });
    assert.ok(seen.some(({ what }) => what.startsWith('running ')));
    const fractions = seen.map(({ fraction }) => fraction);
    assert.deepEqual(
      fractions,
      [...fractions].sort((a, b) => a - b),
    );
    assert.ok(fractions.at(-1)! <= 1);
  });

  it('runs WebAssembly on the threads that are asked for, and on one where they are known to fail', async () => {
    const two = { backend: 'wasm', addonPath: undefined, threads: 2, refused: [] } as const;
    const tried: unknown[] = [];
    engine = forkEngineChild();
    const info = await engine.rpc.call('start', two, {
      onProgress: (attempt) => tried.push(attempt),
    });
    assert.deepEqual([info.threads, info.refused], [2, []]);
    assert.deepEqual(tried, [{ backend: 'wasm', threads: 2 }]);
    const refused = [{ backend: 'wasm', threads: 2, why: 'it hung' }] as const;
    const other = await startEngine({ threads: 2, refused });
    try {
      const { backend, threads, refused: kept } = other.info;
      assert.deepEqual([backend, threads, kept], ['wasm', 1, refused]);
    } finally {
      other.stop();
    }
  });

  it('falls back to one thread in the same process where the threaded module is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alexnet-engine-'));
    await cp('dist', folder, { recursive: true });
    await rm(join(folder, 'wasm', 'tfjs-backend-wasm-threaded-simd.wasm'));
    engine = forkEngineChild(join(folder, 'engine.js'), [slimAlexNets.torchvision]);
    try {
      const params = { backend: 'wasm', addonPath: undefined, refused: [], threads: 2 } as const;
      const info = await engine.rpc.call('start', params);
      assert.equal(info.threads, 1);
      assert.equal(info.refused[0]?.threads, 2);
      await engine.rpc.call('loadWeights', { documentId: 'torchvision', source: random });
      await engine.rpc.call('warmUp', undefined);
    } finally {
      engine.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('ends with its threads when the host goes away in the middle of a run', async () => {
    await start({ threads: 2 }, [slimAlexNets.torchvision]);
    await engine.rpc.call('loadWeights', { documentId: 'torchvision', source: random });
    const running = classify().catch((error: unknown) => error);
    engine.disconnect();
    assert.equal(await engine.ended, 0);
    assert.ok((await running) instanceof ClosedError);
  });

  it('warms up without leaving a tensor or a run, and stops doing so when cancelled', async () => {
    await start();
    await engine.rpc.call('warmUp', undefined);
    await engine.rpc.call('loadWeights', { documentId: 'keras', source: random });
    const before = await engine.rpc.call('usage', undefined);
    const controller = new AbortController();
    const cancelled = assert.rejects(
      engine.rpc.call('warmUp', undefined, { signal: controller.signal }),
      CancelledError,
    );
    controller.abort();
    await cancelled;
    for (let i = 0; i < 3; i++) await engine.rpc.call('warmUp', undefined);
    const after = await engine.rpc.call('usage', undefined);
    assert.deepEqual([after.tensors, after.tensorBytes], [before.tensors, before.tensorBytes]);
    assert.equal(after.runs, 0);
    assert.ok(after.arrayBytes < 50e6, `${after.arrayBytes} bytes of arrays are left`);
  });

  it('can be cancelled while it loads, and loads again', async () => {
    await start();
    const params = { documentId: 'torchvision', source: random } as const;
    const controller = new AbortController();
    const loading = engine.rpc.call('loadWeights', params, {
      signal: controller.signal,
      onProgress: ({ what }) => {
        if (what.startsWith('loading')) controller.abort();
      },
    });
    await assert.rejects(loading, CancelledError);
    assert.equal((await engine.rpc.call('usage', undefined)).tensors, 0);
    await engine.rpc.call('loadWeights', params);
    assert.equal((await classify()).logits.length, 1000);
  });

  it('keeps its weights when a file does not fit', async () => {
    await useLoaded();
    const { logits } = await classify();
    const source = { kind: 'bytes', name: 'bad', bytes: Uint8Array.of(1, 2, 3) } as const;
    await assert.rejects(
      engine.rpc.call('loadWeights', { documentId: 'torchvision', source }),
      /not weights/,
    );
    assert.deepEqual((await classify()).logits, logits);
  });

  it('fails what was asked of it when it is killed', async () => {
    await start({}, [slimAlexNets.torchvision]);
    await engine.rpc.call('loadWeights', { documentId: 'torchvision', source: random });
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

import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineClient } from '../../../src/host/engine/engineClient';
import { engineSettings } from '../../support/engineSettings';

/** An engine that answers `start` by these lines of JavaScript, and everything else with an OutOfMemoryError. */
const engineScript = (start: string): string => `
process.on('disconnect', () => process.exit(0));
const asked = [];
process.on('message', ({ type, id, method, params }) => {
  if (type !== 'request') return;
  asked.push(method);
  const send = (message) => process.send({ id, ...message });
  const attempt = (value) => send({ type: 'progress', value });
  const ready = (backend, threads) =>
    send({ type: 'result', value: { backend, threads, version: '0', refused: params.refused } });
  const refused = (backend, threads) =>
    params.refused.some((rung) => rung.backend === backend && rung.threads === threads);
  if (method === 'start') { ${start} }
  else send({ type: 'error', name: 'OutOfMemoryError', message: 'the engine ran out of memory' });
});`;

describe("the engine's client, with an engine that misbehaves", () => {
  let folder: string;
  let client: EngineClient | undefined;

  const clientOf = async (start: string): Promise<EngineClient> => {
    const bundle = join(folder, 'engine.js');
    await writeFile(bundle, engineScript(start));
    return (client = new EngineClient({
      bundle,
      addon: () => ({ path: '/addon.node' }),
      settings: () => engineSettings,
      threadsMilliseconds: 300,
    }));
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-client-'));
  });

  afterEach(async () => {
    client?.dispose();
    await rm(folder, { recursive: true });
  });

  it('leaves out threads that hang', async () => {
    const engine = await clientOf(`
      if (refused('wasm', 2)) return ready('wasm', 1);
      attempt({ backend: 'wasm', threads: 2 });
      setTimeout(() => { for (;;); }, 20);`);
    const info = await engine.start();
    assert.equal(info.threads, 1);
    assert.deepEqual(
      info.refused.map(({ backend, threads }) => [backend, threads]),
      [['wasm', 2]],
    );
    assert.match(info.refused[0]!.why, /was killed \(SIGKILL\) while it started/);
  });

  it('leaves out one backend after the other where each takes the process down', async () => {
    const engine = await clientOf(`
      const next = [['tensorflow'], ['wasm', 2], ['wasm']].find((rung) => !refused(...rung));
      if (!next) return ready('cpu', 1);
      attempt({ backend: next[0], ...(next[1] && { threads: next[1] }) });
      setTimeout(() => process.abort(), 20);`);
    const info = await engine.start();
    assert.equal(info.backend, 'cpu');
    assert.match(info.refused[0]!.why, /perhaps for want of memory while it loaded \/addon\.node/);
    assert.equal(info.refused.length, 3);
  });

  it('does not start again what was stopped in the middle of its start', async () => {
    const engine = await clientOf(`attempt({ backend: 'tensorflow' });`);
    const started = engine.start();
    const stopped = assert.rejects(started, /the engine was stopped/);
    setTimeout(() => engine.stop(), 200);
    await stopped;
    assert.equal(engine.pid, undefined);
    assert.equal(engine.state.status, 'stopped');
  });

  it('asks for what needs no backend before one is started, and of the same process', async () => {
    const engine = await clientOf(`ready(asked.join(), process.pid);`);
    const at = { path: 'mine.keras' };
    const reading = engine.callFirst('readModel', { id: '1', name: 'mine', uri: '', at });
    await assert.rejects(reading, /the engine ran out of memory/);
    const { backend, threads } = await engine.start();
    assert.deepEqual([backend, threads], ['readModel,start', engine.pid]);
    engine.stop();
    await engine.start();
    await assert.rejects(
      engine.callFirst('readModel', { id: '1', name: 'mine', uri: '', at }),
      /the engine ran out of memory/,
    );
  });

  it('replaces an engine that ran out of memory', async () => {
    const engine = await clientOf(`ready('wasm', 1);`);
    await engine.start();
    const { pid } = engine;
    await assert.rejects(engine.call('warmUp', undefined), /the engine ran out of memory/);
    assert.equal(engine.state.status, 'stopped');
    await engine.start();
    assert.notEqual(engine.pid, pid);
    assert.equal(engine.state.status, 'ready');
  });
});

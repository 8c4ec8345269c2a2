import { strict as assert } from 'node:assert';
import { type AlexNetId } from '../../../src/library/alexNets';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SaveFormat, SavedWeights } from '../../../src/protocol/engineProtocol';
import { CancelledError } from '../../../src/protocol/rpc';
import type { StartedEngine } from '../../support/startedEngine';
import { startEngine, startSlimEngine } from '../../support/startedEngine';

/** Each variant's weights go through these files, one after the other, and end in the one they began with. */
const ways: readonly { documentId: AlexNetId; shown: AlexNetId; files: readonly string[] }[] = [
  { documentId: 'keras', shown: 'torchvision', files: ['a.npz', 'b.json', 'c.safetensors'] },
  { documentId: 'torchvision', shown: 'keras', files: ['c.safetensors'] },
  { documentId: 'caffenet', shown: 'keras', files: ['b.json'] },
];
const formats: Readonly<Record<string, SaveFormat>> = { npz: 'npz', json: 'tfjs' };

describe('the engine saves its weights', () => {
  /** What every layer and format gives back is proved of slim networks; of a whole one, what its size is about. */
  let slim: StartedEngine;
  let whole: StartedEngine;
  let place: string;

  before(async () => {
    [slim, whole] = await Promise.all([startSlimEngine(), startEngine()]);
    await whole.loadRandom('keras', 1);
  });
  after(() => [slim, whole].forEach((engine) => engine.stop()));
  beforeEach(async () => (place = await mkdtemp(join(tmpdir(), 'alexnet-save-'))));
  afterEach(() => rm(place, { recursive: true, force: true }));

  const save = (
    engine: StartedEngine,
    name: string,
    onProgress?: (fraction: number) => void,
    signal?: AbortSignal,
  ) =>
    engine.rpc.call(
      'saveWeights',
      {
        path: join(place, name),
        part: join(place, '.part'),
        format: formats[name.split('.').at(-1)!] ?? 'safetensors',
      },
      { signal, onProgress: ({ fraction }) => onProgress?.(fraction) },
    );

  const sum = async (name: string): Promise<string> => {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(place, name)), hash);
    return hash.digest('hex');
  };

  it('says why it cannot', async () => {
    await assert.rejects(save(slim, 'weights.npz'), /no weights are loaded yet/);
    await slim.loadRandom('torchvision', 1);
    const nowhere = join('no', 'such', 'folder');
    await assert.rejects(
      slim.rpc.call('saveWeights', {
        path: join(place, nowhere, 'weights.npz'),
        part: join(place, nowhere, '.part'),
        format: 'npz',
      }),
      /weights\.npz could not be written \(ENOENT\): save it elsewhere/,
    );
  });

  for (const { documentId, shown, files } of ways) {
    it(`${documentId}: ${files.join(', ')} load back equal`, async () => {
      await slim.loadRandom(documentId, 7);
      await save(slim, 'first.safetensors');
      for (const name of files) {
        const saved: SavedWeights = await save(slim, name);
        assert.equal(saved.documentId, documentId);
        // Other values in between, so that only the file can bring them back.
        await slim.loadRandom(shown, 8);
        const source = { kind: 'file', name, path: join(place, name) } as const;
        const wanted = name.endsWith('.npz') ? documentId : shown;
        const info = await slim.rpc.call('loadWeights', { documentId: wanted, source });
        assert.deepEqual([info.documentId, info.tensors], [documentId, saved.tensors]);
      }
      await save(slim, 'last.safetensors');
      assert.equal(await sum('last.safetensors'), await sum('first.safetensors'));
      assert.ok(!(await readdir(place)).includes('.part'));
    });
  }

  it('tells how far it is, keeps its tensors, and takes less than three times the weights', async () => {
    const before = await whole.rpc.call('usage', undefined);
    const fractions: number[] = [];
    await save(whole, 'weights.safetensors', (fraction) => fractions.push(fraction));
    const after = await whole.rpc.call('usage', undefined);
    assert.deepEqual([after.tensors, after.tensorBytes], [before.tensors, before.tensorBytes]);
    assert.deepEqual(
      fractions,
      [...fractions].sort((a, b) => a - b),
    );
    assert.ok(fractions.length > 5 && fractions.every((fraction) => fraction >= 0 && fraction < 1));
    const { size } = await stat(join(place, 'weights.safetensors'));
    assert.ok(after.peakBytes < 3 * size, `${after.peakBytes} bytes for ${size}`);
  });

  it('cancelled, leaves what was there and nothing else, and goes on', async () => {
    await writeFile(join(place, 'weights.npz'), 'old');
    const controller = new AbortController();
    const saving = save(whole, 'weights.npz', () => controller.abort(), controller.signal);
    await assert.rejects(saving, CancelledError);
    // Work of the engine is one at a time: an answer means that the cancelled is over.
    await whole.rpc.call('usage', undefined);
    assert.deepEqual(await readdir(place), ['weights.npz']);
    assert.equal((await stat(join(place, 'weights.npz'))).size, 3);
    await save(whole, 'weights.npz');
    assert.ok((await stat(join(place, 'weights.npz'))).size > 2e8);
  });
});

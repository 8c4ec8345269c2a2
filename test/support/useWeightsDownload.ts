import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueEntry } from '../../src/library/catalogue';
import type { FetchOptions } from '../../src/host/weights/fetchEntry';
import { fetchEntry } from '../../src/host/weights/fetchEntry';
import { WeightsStore } from '../../src/host/weights/weightsStore';
import type { Published, Publisher } from './publisher';
import { startPublisher } from './publisher';

/** Several pieces of a stream, and never the same as any other file. */
export const weightsBytes = Buffer.from(
  Array.from({ length: 300_000 }, (_, i) => (i * 2_654_435_761) >>> 24),
);

/** A publisher with two addresses for one set of weights, and a store of its own for each test. */
export function useWeightsDownload() {
  let publisher: Publisher;
  let folder: string;
  let store: WeightsStore;

  before(async () => (publisher = await startPublisher()));
  after(() => publisher.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-weights-'));
    store = new WeightsStore(join(folder, 'weights'), join(folder, 'shipped'));
    publisher.files.clear();
    publisher.requests.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const entry = (more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
    id: 'test',
    name: 'Test weights',
    documentId: 'bvlc',
    bytes: weightsBytes.length,
    checksum: { kind: 'sha256', hex: createHash('sha256').update(weightsBytes).digest('hex') },
    urls: [`${publisher.url}/first.bin`, `${publisher.url}/second.bin`],
    conditions: 'none',
    licence: 'none',
    source: 'a test',
    ...more,
  });

  return {
    entry,
    folder: () => folder,
    store: () => store,
    publisher: () => publisher,
    /** Puts files at the two addresses; none where it is left out. */
    publish: (first?: Partial<Published>, second?: Partial<Published>): void => {
      publisher.files.clear();
      const whole = { bytes: weightsBytes, type: 'application/octet-stream' };
      if (first) publisher.files.set('/first.bin', { ...whole, ...first });
      if (second) publisher.files.set('/second.bin', { ...whole, ...second });
    },
    fetch: (more: Partial<FetchOptions> = {}, wanted: CatalogueEntry = entry()): Promise<void> =>
      fetchEntry(wanted, {
        store,
        signal: new AbortController().signal,
        report: () => undefined,
        ...more,
      }),
    assertComplete: async (wanted: CatalogueEntry = entry()): Promise<void> => {
      assert.ok(weightsBytes.equals(await readFile(store.path(wanted))));
      assert.deepEqual(await readdir(store.folder), [store.path(wanted).split(/[\\/]/).at(-1)]);
    },
    /** Nothing that could be taken for weights; how many bytes wait for another try. */
    assertNotThere: async (waiting: number): Promise<void> => {
      assert.equal(store.has(entry()), false);
      assert.equal(await store.bytes(entry()), waiting);
      assert.equal(existsSync(store.lockPath(entry())), false);
    },
  };
}

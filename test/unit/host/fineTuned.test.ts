import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stat } from 'node:fs/promises';
import { randomWeights } from '../../../src/files/randomWeights';
import { Documents } from '../../../src/host/documents';
import { EngineClient } from '../../../src/host/engine/engineClient';
import type { FileRef } from '../../../src/host/fileRef';
import { Session } from '../../../src/host/session/session';
import { FileAnswers } from '../../../src/host/weights/fileAnswers';
import { FileNetworks } from '../../../src/host/weights/fileNetworks';
import { FileReadings } from '../../../src/host/weights/fileReadings';
import { withClassCount } from '../../../src/network/classCount';
import { memoryFile } from '../../support/memoryFile';
import { slimAlexNets } from '../../support/slimAlexNets';
import { unseenTasks } from '../../support/unseenTasks';
import { writePng } from '../../support/writePng';
import { writeSafetensors } from '../../support/writeSafetensors';

const animals = ['cat', 'dog', 'newt', 'owl', 'pig', 'rat', 'yak'];
const library = Object.values(slimAlexNets);

describe('weights that were trained on classes of one’s own', () => {
  let folder: string;
  let engine: EngineClient;
  const kept = new Map<string, unknown>();
  const tasks = unseenTasks();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-tuned-'));
    engine = new EngineClient({
      bundle: resolve('dist/engine.js'),
      addon: () => ({ why: 'none is wanted' }),
      settings: () => ({ backend: 'wasm', idleMilliseconds: 600_000 }),
    });
    const network = withClassCount(slimAlexNets.torchvision.network, animals.length);
    assert.ok(network);
    const drawn = randomWeights(network, 7);
    const tensors = network.layers.flatMap(({ name, weights }) =>
      weights.map((spec) => {
        const key = `${name}.${spec.name}`;
        return { name: `model.${key}`, shape: spec.shape, values: drawn.get(key)! };
      }),
    );
    await writeSafetensors(join(folder, 'own.safetensors'), tensors);
    await writeFile(join(folder, 'labels.txt'), animals.join('\n'));
  });
  after(async () => {
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  /** A window of the workspace. */
  const open = (): Session => {
    const memory = {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    };
    const networks = new FileNetworks(memory, (id) => library.find((each) => each.id === id));
    const documents = new Documents([...library, ...networks.list()]);
    const answers = new FileAnswers(memory, () => Promise.resolve('1'));
    const readings = new FileReadings(documents, { answers, networks });
    return new Session(engine, tasks, documents, 'keras', undefined, readings);
  };
  const fileAt = (name: string): FileRef => {
    const path = join(folder, name);
    return {
      ...memoryFile(name),
      ...{ uri: pathToFileURL(path).href, path, size: async () => (await stat(path)).size },
    };
  };
  const load = (session: Session, name: string) =>
    tasks.serve('test', (task) => session.loadWeights({ kind: 'file', file: fileAt(name) }, task));
  const pixels = Uint8Array.from({ length: 40 * 20 * 3 }, (_, at) => (at * 37) % 251);
  const picture = memoryFile('dots.png', new Uint8Array(writePng(pixels, 40, 20)));
  const classify = (session: Session) =>
    tasks.serve('test', (task) => session.classify(picture, task));

  it('run in a network with as many, by the names beside them, in the next window too', async () => {
    const session = open();
    const { documentId, trained, tensors } = await load(session, 'own.safetensors');
    assert.deepEqual([trained, tensors], [true, 16]);
    const { view, logits } = await classify(session);
    assert.deepEqual([view.documentId, logits.length], [documentId, animals.length]);
    for (const { label, index } of view.predictions) assert.equal(label, animals[index]);
    session.dispose();
    engine.stop();
    const next = open();
    next.restoreWeights(documentId, { kind: 'file', file: fileAt('own.safetensors') });
    next.showDocument(documentId);
    const again = await classify(next);
    assert.deepEqual(again.logits, logits);
    assert.deepEqual(again.view.predictions, view.predictions);
    next.dispose();
  });

  for (const name of ['a.safetensors', 'b.npz', 'c.json'])
    it(`come back from what was saved of them: ${name}`, async () => {
      const session = open();
      await load(session, 'own.safetensors');
      const { logits } = await classify(session);
      await tasks.serve('test', (task) => session.saveWeights(fileAt(name), task));
      session.showDocument('keras');
      await load(session, name);
      assert.deepEqual((await classify(session)).logits, logits);
      session.dispose();
    });
});

import { strict as assert } from 'node:assert';
import { checkSettings } from '../../../src/host/train/checkSettings';
import { stepKey, stepToMeasure, trainingCost } from '../../../src/host/train/cost';
import { Curve } from '../../../src/host/train/curve';
import { defaultSettings } from '../../../src/host/train/defaultSettings';
import { countsOf, planTraining } from '../../../src/host/train/trainingPlan';
import { readTrainingFolder, trainingData } from '../../../src/host/train/trainingFolder';
import { TrainingRecord } from '../../../src/host/train/trainingRecord';
import { alexNets, library } from '../../../src/library/alexNets';
import type { TrainingSettings } from '../../../src/protocol/training';
import { learningLayers } from '../../../src/protocol/learningLayers';
import { memoryTree } from '../../support/memoryTree';

const root = {
  n01440764: { '1.png': new Uint8Array(), '2.png': new Uint8Array() },
  weeds: { '1.png': new Uint8Array(), '2.png': new Uint8Array() },
};

async function recordOf(base = alexNets.keras): Promise<TrainingRecord> {
  const folder = await readTrainingFolder(memoryTree(root, 'garden'), base.labels);
  const data = trainingData(folder);
  const settings = defaultSettings({ documentId: base.id, isTrained: false, data });
  return new TrainingRecord({ begun: 36, uri: 'file:///garden', folder, settings });
}

describe('the plan of a training', () => {
  it('is a document of the same layers with a unit for each class of the folder', async () => {
    for (const base of library) {
      const record = await recordOf(base);
      const { document, anew } = planTraining(record, base, record.settings);
      assert.equal(document.id, 'trained-10');
      assert.equal(document.title, `${base.title}, trained on garden`);
      assert.deepEqual(document.origin, {
        kind: 'trained',
        name: 'garden',
        uri: 'file:///garden',
        base: base.id,
      });
      const [own, other] = [base.network.layers, document.network.layers];
      assert.deepEqual(document.network.unresolved, []);
      assert.deepEqual(
        other.map(({ name, kind }) => [name, kind]),
        own.map(({ name, kind }) => [name, kind]),
      );
      assert.deepEqual(other.at(-1)!.outputShape, [2]);
      const changed = other.filter(
        ({ weights }, at) => JSON.stringify(weights) !== JSON.stringify(own[at]!.weights),
      );
      assert.deepEqual(
        changed.map(({ name }) => name),
        anew,
      );
      assert.equal(anew.length, 1);
      assert.deepEqual(document.labels.names, [base.labels.names[0], 'weeds']);
    }
  });

  it('has the layers of the library, also where it goes on from a training or a file of weights', async () => {
    const place = { name: 'pets', uri: 'file:///pets', base: 'torchvision' };
    for (const kind of ['trained', 'file'] as const) {
      const base = { ...alexNets.torchvision, id: 'own', origin: { kind, ...place } };
      const record = await recordOf(alexNets.torchvision);
      const { origin } = planTraining(record, base, record.settings).document;
      assert.equal('base' in origin && origin.base, 'torchvision');
    }
  });

  it('keeps the classifier of a network that has exactly the folder’s classes, in its order', async () => {
    const record = await recordOf();
    const { document } = planTraining(record, alexNets.keras, record.settings);
    const turned = {
      ...document,
      labels: { ...document.labels, names: document.labels.names.toReversed() },
    };
    const plan = planTraining(record, turned, record.settings);
    assert.deepEqual(plan.anew, []);
    assert.deepEqual(plan.document.labels.names, turned.labels.names);
    assert.deepEqual(
      plan.pictures.map(({ label }) => label),
      [1, 1, 0, 0],
    );
    assert.equal(plan.document.title, document.title);
    const others = { ...document, labels: { ...document.labels, names: ['x', 'y'] } };
    assert.equal(planTraining(record, others, record.settings).anew.length, 1);
  });

  it('names the layers that learn', () => {
    const { network } = alexNets.keras;
    assert.deepEqual([...learningLayers(network, { kind: 'classifier' })], ['fc8']);
    const from = learningLayers(network, { kind: 'from', layer: 'pool5' });
    assert.deepEqual([...from], ['fc6', 'fc7', 'fc8']);
    assert.equal(learningLayers(network, { kind: 'all' }).size, 11);
    assert.throws(() => learningLayers(network, { kind: 'from', layer: 'conv9' }), /conv9/);
  });
});

describe('what a training costs', () => {
  it('follows from a step: all epochs, what is held out, what is kept', async () => {
    const record = await recordOf();
    const settings = { ...record.settings, heldOut: 0.5, batch: 32, epochs: 3 };
    const plan = planTraining(record, alexNets.keras, settings);
    const counts = countsOf(plan);
    assert.deepEqual(counts, { learned: 2, heldOut: 2 });
    const measured = { seconds: 2, secondsHeldOut: 1, memoryBytes: 1e9 };
    const cost = trainingCost(plan.document, settings, counts, measured);
    assert.deepEqual([cost.steps, cost.seconds, cost.memoryBytes], [3, 9, 1e9]);
    const parameters = 62_380_776 - 998 * 4097 - 2 * (96 + 256 + 256);
    assert.equal(cost.learnedParameters, parameters);
    assert.ok(cost.diskBytes > 4 * 4 * parameters && cost.diskBytes < 4.1 * 4 * parameters);
  });

  it('is measured anew only where a step takes another time', async () => {
    const record = await recordOf();
    const { settings } = record;
    const keyOf = (change: Partial<TrainingSettings>): string => {
      const changed = { ...settings, batch: 2, ...change };
      const plan = planTraining(record, alexNets.keras, changed);
      return stepKey(stepToMeasure(plan.document, changed, countsOf(plan)));
    };
    const key = keyOf({});
    for (const same of [{ epochs: 99 }, { seed: 5 }, { start: 'loaded' }] as const)
      assert.equal(keyOf(same), key);
    assert.notEqual(keyOf({ batch: 1 }), key);
    assert.notEqual(keyOf({ learning: { kind: 'classifier' } }), key);
  });
});

describe('settings of a training', () => {
  it('that make no sense are refused by name and value', async () => {
    const { settings } = await recordOf();
    const { network } = alexNets.keras;
    checkSettings(settings, network);
    const refused: readonly (readonly [Partial<TrainingSettings>, RegExp])[] = [
      [{ epochs: 1.5 }, /epochs is 1\.5; give a whole number/],
      [{ batch: 0 }, /batch is 0; it can be from 1 to/],
      [{ heldOut: NaN }, /the share held out is NaN/],
      [{ schedule: { kind: 'constant', rate: -1 } }, /the learning rate is -1/],
      [{ learning: { kind: 'from', layer: 'x' } }, /no layer is named x/],
    ];
    for (const [change, sentence] of refused)
      assert.throws(() => checkSettings({ ...settings, ...change }, network), sentence);
  });
});

describe('the curve of a training', () => {
  it('has some hundred points, each the mean of equally many steps, and goes on after a cut', () => {
    const curve = new Curve(3000);
    const add = (from: number, to: number): void => {
      for (let step = from; step <= to; step++)
        curve.add({ step, loss: step, accuracy: 1, rate: 2 });
    };
    add(1, 3000);
    assert.equal(curve.points.length, 300);
    assert.deepEqual(curve.points[0], { step: 10, loss: 5.5, accuracy: 1, rate: 2 });
    curve.cut(2005);
    assert.equal(curve.points.at(-1)!.step, 2000);
    const short = new Curve(5);
    short.add({ step: 1, loss: 3, accuracy: 0, rate: 1 });
    assert.equal(short.points.length, 1);
  });
});

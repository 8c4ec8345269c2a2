import { strict as assert } from 'node:assert';
import { describeError, labelled } from '../../../src/host/errors';
import { RemoteError } from '../../../src/protocol/rpc';
import { imageNetLabels } from '../../../src/library/imageNetLabels';
import { labelOf } from '../../../src/network/modelDocument';
import { topPredictions } from '../../../src/host/session/topPredictions';

describe('topPredictions', () => {
  it('orders classes by softmax, equal ones by index', () => {
    const logits = Float32Array.of(0, Math.log(2), 0, Math.log(4));
    const top = topPredictions(logits, 3, imageNetLabels);
    assert.deepEqual(
      top.map(({ index }) => index),
      [3, 1, 0],
    );
    assert.deepEqual(
      top.map(({ probability }) => probability.toFixed(5)),
      ['0.50000', '0.25000', '0.12500'],
    );
  });

  it('holds out with large logits', () => {
    const [first] = topPredictions(Float32Array.of(-1000, 1000), 1, imageNetLabels);
    assert.deepEqual([first?.index, first?.probability], [1, 1]);
  });
});

describe('labels', () => {
  it('go by index: the two cranes are two classes', () => {
    assert.equal(labelOf(imageNetLabels, 0), 'tench, Tinca tinca');
    assert.equal(labelOf(imageNetLabels, 134), 'crane');
    assert.equal(labelOf(imageNetLabels, 517), 'crane');
    assert.match(labelOf(imageNetLabels, 999), /toilet tissue/);
    assert.equal(labelOf(imageNetLabels, 1000), 'class 1000');
  });

  it('are all there, each at its index', () => {
    const labels = imageNetLabels.names;
    assert.equal(labels.length, 1000);
    for (const [index, label] of labels.entries())
      assert.equal(label, labelOf(imageNetLabels, index));
  });
});

describe('synsets', () => {
  const ids = imageNetLabels.synsets!;

  it('are a thousand nouns of WordNet, in the order of their ids', () => {
    for (const id of ids) assert.match(id, /^n\d{8}$/);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    assert.equal(ids.length, 1000);
  });

  it('tell apart what shares its words', () => {
    const known = {
      0: 'n01440764',
      134: 'n02012849',
      281: 'n02123045',
      517: 'n03126707',
      638: 'n03710637',
      639: 'n03710721',
      999: 'n15075141',
    };
    for (const [index, id] of Object.entries(known)) assert.equal(ids[Number(index)], id);
    assert.equal(topPredictions(Float32Array.of(0, 1), 1, imageNetLabels)[0]?.synset, 'n01443537');
  });
});

describe('describeError', () => {
  it('makes one sentence', () => {
    assert.equal(
      describeError(new Error('cat.jpg: the file is empty')),
      'cat.jpg: the file is empty.',
    );
    assert.equal(describeError('what is this?'), 'What is this?');
    assert.equal(describeError(new Error('')), 'Something went wrong.');
  });
});

describe('what the engine says of a file', () => {
  const said = (message: string, name = 'wrong.pth'): string => {
    const error = labelled(name, new RemoteError('WeightsError', message));
    return (error as Error).message;
  };

  it('has the name of the file in it', () => {
    assert.equal(
      said('the file is a JPEG picture, not weights'),
      'wrong.pth is a JPEG picture, not weights',
    );
    assert.equal(said('the file has only 3 bytes'), 'wrong.pth has only 3 bytes');
    assert.equal(said('conv1.kernel is missing'), 'wrong.pth: conv1.kernel is missing');
    assert.equal(said("the file's form is old"), "wrong.pth: the file's form is old");
  });

  it('stays as it is where it is not about the content', () => {
    const error = new Error('the file is gone');
    assert.equal(labelled('wrong.pth', error), error);
  });
});

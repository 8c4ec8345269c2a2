import { strict as assert } from 'node:assert';
import { findingBeside } from '../../../src/files/bytes/findBeside';
import { lineNames, namesOf } from '../../../src/files/labels/classNames';
import { labelsBeside } from '../../../src/files/labels/labelsBeside';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { readChosenNames } from '../../../src/files/labels/readNames';
import { listedLabels } from '../../../src/network/classLabels';
import { inMemory } from '../../support/weightFixtures';

const animals = ['cat', 'dog', 'sea newt'];

describe('names of classes', () => {
  for (const [what, text] of [
    ['one a line', 'cat\ndog\nsea newt\n'],
    ['with Windows’ ends of lines and spaces', 'cat\r\n dog \r\nsea newt\r\n\r\n'],
    ['after their numbers', '0 cat\n1 dog\n2 sea newt'],
    ['after their numbers and a colon', '0: cat\n1: dog\n2: sea newt'],
    ['before their numbers', 'cat 0\ndog 1\nsea newt 2'],
  ] as const)
    it(`are read ${what}`, () => assert.deepEqual(lineNames(text), animals));

  it('keep numbers that are not theirs', () => {
    assert.deepEqual(lineNames('1 cat\n2 dog'), ['1 cat', '2 dog']);
    assert.deepEqual(lineNames('7\n8'), ['7', '8']);
  });

  for (const [what, value] of [
    ['a list', animals],
    ['by their numbers', { 0: 'cat', 2: 'sea newt', 1: 'dog' }],
    ['with their numbers', { cat: 0, 'sea newt': 2, dog: 1 }],
    ['as id2label', { model_type: 'x', id2label: { 0: 'cat', 1: 'dog', 2: 'sea newt' } }],
    ['under class_names', { format: 2, class_names: animals }],
    ['as label2id', { label2id: { cat: 0, dog: 1, 'sea newt': 2 } }],
  ] as const)
    it(`are read of JSON: ${what}`, () => assert.deepEqual(namesOf(value), animals));

  it('are apart from WordNet’s ids, where each has one', () => {
    const texts = namesOf({ 0: ['n01440764', 'tench'], 1: ['n01443537', 'goldfish'] }) ?? [];
    const about = { source: 'a', from: 'chosen' } as const;
    const labels = listedLabels(texts, about);
    assert.deepEqual(labels.names, ['tench', 'goldfish']);
    assert.deepEqual(labels.synsets, ['n01440764', 'n01443537']);
    assert.deepEqual(listedLabels(['n01440764 tench', 'dog'], about).synsets, undefined);
  });

  it('are none in what is no list of them', () => {
    for (const text of ['', 'cat', 'cat\n\ndog']) assert.equal(lineNames(text), undefined);
    for (const value of [{ hidden: 3 }, { layers: [1, 2] }, 7, [1, 2], { a: -1 }, { a: 1e9 }])
      assert.equal(namesOf(value), undefined);
  });
});

describe('a file of names that a person chose', () => {
  const read = (name: string, text: string) =>
    readChosenNames(bytesSource(Buffer.from(text)), name);

  it('is text or JSON', async () => {
    assert.deepEqual(await read('a.txt', 'cat\ndog\n'), ['cat', 'dog']);
    assert.deepEqual(await read('a.JSON', '["cat", "dog"]'), ['cat', 'dog']);
  });

  for (const [name, text, why] of [
    ['a.txt', 'cat\n\ndog', /^the file holds no names of classes: text with one on each line, or/],
    ['a.json', '{"hidden": 3}', /^the file holds no names of classes/],
    ['a.json', '{', /^the file is not valid JSON$/],
    [
      'a.txt',
      'x'.repeat(2 ** 21 + 1),
      /^the file has 3 MB; names of classes of up to 2 MB are read$/,
    ],
  ] as const)
    it(`is refused in a sentence where it is ${JSON.stringify(text.slice(0, 20))}`, async () => {
      await assert.rejects(read(name, text), { name: 'WeightsError', message: why });
    });
});

describe('a file of names beside weights', () => {
  const beside = (files: Readonly<Record<string, string>>) =>
    labelsBeside(
      findingBeside(
        inMemory(
          Object.fromEntries(
            Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]),
          ),
        ),
      ),
      'pets.pth.tar',
      3,
    );

  it('names the classes where it has as many; the weights’ own name goes first', async () => {
    const text = animals.join('\n');
    const found = await beside({ 'labels.txt': '0\n1\n2', 'pets.labels.txt': text });
    assert.deepEqual(found, {
      labels: { names: animals, source: 'pets.labels.txt', from: 'beside' },
    });
    const config = JSON.stringify({ id2label: { 0: 'cat', 1: 'dog', 2: 'sea newt' } });
    assert.deepEqual((await beside({ 'config.json': config })).labels?.names, animals);
  });

  it('is passed over where it has more or fewer, which is said unless another has as many', async () => {
    assert.deepEqual(await beside({ 'classes.txt': 'cat\ndog' }), {
      remark: 'classes.txt beside it names 2 classes, but the network has 3: they are numbered.',
    });
    const both = await beside({ 'labels.txt': 'cat\ndog', 'classes.txt': animals.join('\n') });
    assert.equal(both.labels?.source, 'classes.txt');
    assert.deepEqual(await beside({ 'labels.json': '{' }), {});
  });
});

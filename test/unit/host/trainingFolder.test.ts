import { strict as assert } from 'node:assert';
import { heldOutPictures } from '../../../src/host/train/trainingPlan';
import { splitPictures } from '../../../src/host/train/splitPictures';
import { readTrainingFolder, trainingData } from '../../../src/host/train/trainingFolder';
import { alexNets } from '../../../src/library/alexNets';
import { memoryTree, type MemoryFolder } from '../../support/memoryTree';

const { labels } = alexNets.keras;

const pictures = (count: number): MemoryFolder =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${index}.png`, new Uint8Array()]),
  );

const read = (root: MemoryFolder) => readTrainingFolder(memoryTree(root), labels);

describe('a folder to train on', () => {
  it('has a class for each folder, by its name; WordNet ids and labels of ImageNet are said by label', async () => {
    const folder = await read({
      n01440764: pictures(3),
      golf_ball: pictures(2),
      weeds: pictures(4),
      '7': pictures(1),
      '.git': pictures(9),
      'notes.txt': new Uint8Array(),
    });
    assert.deepEqual(folder.folders, ['7', 'golf_ball', 'n01440764', 'weeds']);
    assert.deepEqual(trainingData(folder), {
      classes: [
        { label: '7', pictures: 1 },
        { label: 'golf ball', pictures: 2 },
        { label: labels.names[0], pictures: 3 },
        { label: 'weeds', pictures: 4 },
      ],
      pictures: 10,
      ownHeldOut: undefined,
      broken: [],
    });
    assert.equal(folder.labels.synsets, undefined);
  });

  it('keeps the WordNet ids where every folder has one, and names where two would have one label', async () => {
    const known = await read({ n01440764: pictures(1), n03445777: pictures(1) });
    assert.deepEqual(known.labels.synsets, ['n01440764', 'n03445777']);
    const same = await read({ n03445777: pictures(1), 'golf ball': pictures(1) });
    const crane = await read({ crane: pictures(1), Tench: pictures(1) });
    assert.deepEqual(crane.labels.names, [labels.names[0], 'crane']);
    assert.deepEqual(same.labels.names, ['golf ball', 'n03445777']);
    assert.equal(same.labels.synsets, undefined);
  });

  it('has train and val below it where there are such: val is held out', async () => {
    const folder = await read({
      Train: { cat: pictures(3), dog: pictures(2) },
      val: { dog: pictures(2) },
    });
    assert.deepEqual([folder.folders, folder.pictures.length], [['cat', 'dog'], 5]);
    assert.equal(trainingData(folder).ownHeldOut, 2);
    assert.deepEqual(
      folder.ownHeldOut!.map(({ index }) => index),
      [1, 1],
    );
    const alone = await read({ train: { cat: pictures(3), dog: pictures(2) } });
    assert.equal(alone.ownHeldOut, undefined);
    const foreign = { train: { cat: pictures(1), dog: pictures(1) }, val: { cow: pictures(1) } };
    await assert.rejects(read(foreign), /data\/val has cow, which its train does not have/);
  });

  it('is refused in a sentence where there is nothing to tell apart', async () => {
    const refusals: readonly (readonly [MemoryFolder, RegExp])[] = [
      [{}, /data cannot be trained on: it holds no folders; put/],
      [pictures(2), /its pictures lie in no folders of classes/],
      [{ cat: pictures(2) }, /it has one class, cat, and there is nothing to tell it from/],
      [
        { cat: pictures(2), dog: {} },
        /dog holds no pictures; put some in, or take the folder away/,
      ],
      [{ train: { cat: {}, dog: {} } }, /data\/train cannot be trained on: cat, dog hold no/],
    ];
    for (const [root, sentence] of refusals) await assert.rejects(read(root), sentence);
  });
});

describe('the pictures that are held out', () => {
  it('are a share of each class that the seed decides, and the same with a picture more', async () => {
    const folder = await read({ cat: pictures(10), dog: pictures(20), rare: pictures(1) });
    const heldOut = (seed: number, of = folder): readonly string[] =>
      splitPictures(of, { heldOut: 0.2, seed }, (index) => index)
        .filter((picture) => picture.heldOut)
        .map(({ path }) => path.join('/'));
    const first = heldOut(1);
    assert.equal(first.filter((name) => name.startsWith('cat')).length, 2);
    assert.equal(first.filter((name) => name.startsWith('dog')).length, 4);
    assert.equal(first.length, 6);
    assert.deepEqual(heldOut(1), first);
    assert.notDeepEqual(heldOut(2), first);
    const more = await read({ cat: pictures(11), dog: pictures(20), rare: pictures(1) });
    assert.ok(heldOut(1, more).filter((name) => first.includes(name)).length >= 5);
  });

  it('are those of val, whatever the share; all are evaluated where none are held out', async () => {
    const root = { train: { cat: pictures(3), dog: pictures(2) }, val: { dog: pictures(2) } };
    const folder = await read(root);
    const split = splitPictures(folder, { heldOut: 0.5, seed: 1 }, (index) => 9 - index);
    assert.deepEqual(
      split.filter((picture) => picture.heldOut).map(({ path, label }) => [path.join('/'), label]),
      [
        ['val/dog/0.png', 8],
        ['val/dog/1.png', 8],
      ],
    );
    const evaluated = heldOutPictures(memoryTree(root), { pictures: split });
    assert.deepEqual([evaluated.pictures.size, evaluated.pictures.truth(1)], [2, 8]);
    const none = split.map((picture) => ({ ...picture, heldOut: false }));
    assert.equal(heldOutPictures(memoryTree(root), { pictures: none }).pictures.size, 7);
  });
});

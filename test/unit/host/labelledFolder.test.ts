import { strict as assert } from 'node:assert';
import { labelFolder, noQuestions } from '../../../src/host/evaluate/labelFolder';
import { LabelledPictures } from '../../../src/host/evaluate/labelledFolder';
import { alexNets } from '../../../src/library/alexNets';
import { label, picturesOf } from '../../support/labelledPictures';
import { memoryTree } from '../../support/memoryTree';

describe('folders of classes', () => {
  const classesIn = async (names: readonly string[], document = alexNets.keras) => {
    const tree = Object.fromEntries(names.map((name) => [name, { 'a.JPEG': new Uint8Array() }]));
    const { pictures } = (await labelFolder(memoryTree(tree), document, noQuestions))!;
    return Array.from({ length: pictures.size }, (_, picture) => pictures.truth(picture));
  };

  it('are named by WordNet id, class index or any of a class’s names, whatever their case and spaces', async () => {
    assert.deepEqual(await classesIn(['999', 'n02102040', 'N01440764']), [999, 217, 0]);
    assert.deepEqual(
      await classesIn(['tench', 'Tinca_tinca', 'English springer spaniel', 'ENGLISH_SPRINGER']),
      [0, 0, 217, 217],
    );
    assert.deepEqual(
      await classesIn(['tench, Tinca tinca', 'gas pump', 'petrolpump']),
      [0, 571, 571],
    );
  });

  it('have the names that a document’s own classes have', async () => {
    const labels = { names: ['apple', 'Pear'], source: 'fruit' };
    const document = { ...alexNets.keras, labels };
    assert.deepEqual(await classesIn(['7', 'pear', 'APPLE'], document), [7, 1, 0]);
    await assert.rejects(
      classesIn(['plum', 'pear'], document),
      /the folder plum names no class of fruit/,
    );
  });

  it('whose name two classes share, or none has, are named and never guessed', async () => {
    await assert.rejects(
      classesIn(['crane', 'tench']),
      /crane names crane \(n02012849, class 134\) and crane \(n03126707, class 517\)/,
    );
    await assert.rejects(classesIn(['maillot']), /class 638\) and .*class 639\)/);
    await assert.rejects(
      classesIn(['1000', 'tench']),
      /the folder 1000 names no class of ImageNet-1k/,
    );
    await assert.rejects(classesIn(['a', 'b']), /the folders a, b name no class/);
  });

  it('are asked about where somebody can answer, and left out or not evaluated', async () => {
    const png = { '1.png': new Uint8Array() };
    const tree = memoryTree({ crane: png, maillot: png, misc: png, tench: png });
    const asked: string[] = [];
    const labelled = await labelFolder(tree, alexNets.keras, {
      choose: ({ folder, indices }) => {
        asked.push(folder);
        return Promise.resolve(folder === 'crane' ? indices[1] : 'leaveOut');
      },
      leaveOut: (unknown) => {
        asked.push(...unknown);
        return Promise.resolve(true);
      },
    });
    assert.deepEqual(asked, ['misc', 'crane', 'maillot']);
    assert.deepEqual(labelled?.leftOut, ['misc', 'maillot']);
    assert.deepEqual(labelled.pictures.classes, [0, 517]);
    const never = { ...noQuestions, leaveOut: () => Promise.resolve(false) };
    assert.equal(await labelFolder(tree, alexNets.keras, never), undefined);
  });

  it('lie in val where there are train and val; a folder without any is refused', async () => {
    const png = { '1.png': new Uint8Array(), '2.txt': new Uint8Array() };
    const parted = await label({ train: { tench: png }, val: { '0': png, '.git': png } });
    assert.equal(parted.folder, 'data/val');
    assert.equal(parted.pictures.name(0), 'val/0/1.png');
    assert.equal(parted.pictures.size, 1);
    await assert.rejects(
      label({ 'a.jpg': new Uint8Array() }),
      /its pictures lie in no folders of classes/,
    );
    await assert.rejects(
      label({}),
      /holds no folders; put the pictures of each class into a folder/,
    );
    await assert.rejects(label({ tench: {} }), /hold no pictures/);
  });

  it('take turns, so that what is stopped is a fair part of the whole', async () => {
    const pictures = await LabelledPictures.read(
      memoryTree(picturesOf({ a: 3, b: 1, c: 2 })),
      [],
      ['a', 'b', 'c'].map((folder, index) => ({ folder, index })),
    );
    const order = [...pictures.inTurn].map((picture) => pictures.truth(picture));
    assert.deepEqual(order, [0, 1, 2, 0, 2, 0]);
  });
});

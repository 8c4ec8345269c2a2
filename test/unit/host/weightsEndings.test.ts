import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { weightsEndings, weightsExtensions } from '../../../src/host/weights/weightsEndings';

interface Menus {
  readonly contributes: {
    readonly menus: Readonly<Record<string, readonly { command: string; when: string }[]>>;
  };
}

/** Whether a menu's condition holds for a file, as VS Code reads it: `&&` before `||`. */
function offers(when: string, name: string): boolean {
  const keys = new Map([
    ['resourceFilename', name],
    ['resourceExtname', /\.[^.]+$/.exec(name)?.[0] ?? ''],
  ]);
  return when.split(' || ').some((part) =>
    part.split(' && ').every((term) => {
      if (term === '!explorerResourceIsFolder') return true;
      const [, key = '', equals, pattern = '', flags] =
        /^(\w+) (?:== (\S+)|=~ \/(.+)\/(\w*))$/.exec(term) ?? assert.fail(`what is ${term}?`);
      const value = keys.get(key) ?? assert.fail(`what is ${key}?`);
      return equals === undefined ? new RegExp(pattern, flags).test(value) : value === equals;
    }),
  );
}

describe('files of weights are offered', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Menus;
  const conditions = Object.entries(contributes.menus).flatMap(([menu, items]) =>
    items
      .filter(
        ({ command }) => command === 'alexnet.loadSelectedWeights' && menu !== 'commandPalette',
      )
      .map(({ when }) => [menu, when] as const),
  );
  const endings = Object.values(weightsEndings).flat();

  it('in the menus of the Explorer and of editors', () => {
    assert.deepEqual(
      conditions.map(([menu]) => menu),
      ['explorer/context', 'editor/title/context'],
    );
  });

  for (const [menu, when] of conditions)
    it(`by the endings of the one table, in ${menu}`, () => {
      const [, listed = ''] = /\^\\\.\(([\w|]+)\)\$/.exec(when) ?? [];
      assert.deepEqual(listed.split('|'), endings);
      const names = [
        ...endings.map((ending) => `alexnet.${ending}`),
        ...['MODEL.PTH', 'checkpoint.pth.tar', 'alexnet.weights.h5', 'bvlc.caffemodel.h5'],
        ...['model.json', 'model.safetensors.index.json', 'pytorch_model.bin.index.json'],
        'model.safetensors.index.fp16.json',
      ];
      for (const name of names) assert.ok(offers(when, name), name);
      for (const name of ['package.json', 'index.json', 'a.py', 'pth', 'a.ptx', 'a.tar.gz'])
        assert.ok(!offers(when, name), name);
    });

  it('in the dialogue with any JSON beside', () => {
    assert.deepEqual(weightsExtensions, [...endings, 'json']);
  });
});

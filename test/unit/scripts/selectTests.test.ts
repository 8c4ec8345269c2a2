import { strict as assert } from 'node:assert';
import { runLines } from '../../support/runScript';

interface Selection {
  readonly words: string;
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

/** What these arguments of `npm test --` ask for, or the error. */
async function selected(...asked: readonly string[]): Promise<Selection> {
  const { code, output } = await runLines(
    `const { selectTests } = await load('lib/selectTests.mjs');
     const rings = { rings: ['unit', 'vscode', 'webview', 'pictures'], usual: ['unit', 'vscode', 'webview'] };
     console.log(JSON.stringify(selectTests(${JSON.stringify(asked)}, rings)));`,
  );
  if (code !== 0) throw new Error(output.trim());
  return JSON.parse(output) as Selection;
}

describe('what npm test is asked for', () => {
  it('is every usual ring where nothing is said', async () => {
    const { words, tests } = await selected();
    assert.equal(words, '');
    assert.deepEqual(Object.keys(tests), ['unit', 'vscode', 'webview']);
  });

  it('is a ring by its name', async () => {
    assert.deepEqual(Object.keys((await selected('pictures')).tests), ['pictures']);
  });

  for (const path of [
    'test/unit/scripts/selectTests.test.ts',
    './test/unit/scripts/selectTests',
    'unit/scripts/selectTests',
  ]) {
    it(`is one file by its path: ${path}`, async () => {
      assert.deepEqual((await selected(path)).tests, {
        unit: ['unit/scripts/selectTests.test.ts'],
      });
    });
  }

  it('is a folder by its path', async () => {
    const { tests } = await selected('test/unit/scripts/');
    assert.deepEqual(tests['unit'], [
      'unit/scripts/cutRuns.test.ts',
      'unit/scripts/selectTests.test.ts',
    ]);
  });

  it('is the files with words of a title, in any ring', async () => {
    assert.deepEqual(await selected('IS THE FILES with words of a title'), {
      words: 'IS THE FILES with words of a title',
      tests: { unit: ['unit/scripts/selectTests.test.ts'] },
    });
  });

  it('is words of a title that is put together as the file runs', async () => {
    const { tests } = await selected('unit', 'file by its path: unit/scr');
    assert.ok(tests['unit']?.includes('unit/scripts/selectTests.test.ts'));
    assert.deepEqual(Object.keys(tests), ['unit']);
  });

  it('is an error where it fits nothing', async () => {
    // Put together, so that no file has it.
    const nothing = ['qqq', 'zzz'].join(' ');
    await assert.rejects(selected(nothing), /no test fits "qqq zzz": say a ring \(unit, vscode, /);
  });
});

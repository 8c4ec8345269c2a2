import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeKey, stateKeys, type CommandKeys } from '../../../src/host/commandKeys';
import { nativePlaces } from '../../../src/host/native/nativePlaces';
import type { PanelState } from '../../../src/protocol/panelProtocol';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; enablement?: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly completionEvents: readonly string[] }[];
    }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string }[]>>;
  };
}

/** Of the conditions of package.json those that are made of the extension's own keys. */
function holds(condition: string, keys: Partial<CommandKeys>): boolean {
  return condition.split(' && ').every((part) => {
    const [key = '', word] = part.split(' != ');
    const value = new Map<string, unknown>(Object.entries(keys)).get(key);
    return word === undefined ? value === true : value !== word;
  });
}

describe('the commands that are offered', () => {
  let contributes: Manifest['contributes'];

  before(async () => {
    ({ contributes } = JSON.parse(await readFile('package.json', 'utf8')) as Manifest);
  });

  const offered = (keys: Partial<CommandKeys>): readonly string[] =>
    contributes.commands
      .filter(({ enablement }) => enablement === undefined || holds(enablement, keys))
      .map(({ command }) => command.replace('alexnet.', ''));
  const missing = (keys: Partial<CommandKeys>): readonly string[] => {
    const names = offered(keys);
    const all = contributes.commands.map(({ command }) => command.replace('alexnet.', ''));
    return all.filter((name) => !names.includes(name)).sort();
  };

  const nothing: CommandKeys = {
    'alexnet.hasRun': false,
    'alexnet.hasStrip': false,
    'alexnet.isComparing': false,
    'alexnet.isEvaluating': false,
    'alexnet.hasEvaluation': false,
    'alexnet.hasEngine': false,
    'alexnet.weights': 'random',
    'alexnet.downloads': 'none',
    'alexnet.trained': 'none',
    'alexnet.hasOwnLabels': false,
    'alexnet.hasOpenSize': false,
    'alexnet.step': 'none',
    'alexnet.native': 'installable',
  };

  it('ask only for keys that the extension sets', () => {
    const menus = Object.values(contributes.menus).flat();
    const conditions = [
      ...contributes.commands.map(({ enablement = '' }) => enablement),
      // A view is no key.
      ...menus.map(({ when = '' }) => when.replace(/view == \S+/, '')),
      ...contributes.walkthroughs
        .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
        .filter((event) => event.startsWith('onContext:')),
    ];
    const asked = conditions.flatMap((condition) => condition.match(/alexnet\.\w+/g) ?? []);
    assert.deepEqual([...new Set(asked)].sort(), Object.keys(nothing).sort());
  });

  it('are those that can do something where nothing has happened', () => {
    assert.deepEqual(missing(nothing), [
      'chooseInputSize',
      'chooseLabels',
      'compareWith',
      'endComparison',
      'explain',
      'exportActivation',
      'exportEvaluation',
      'nextPicture',
      'previousPicture',
      'removeDownloadedWeights',
      'removeNativeEngine',
      'removeTrainedNetwork',
      'restartEngine',
      'stopEvaluation',
      'useRandomWeights',
    ]);
  });

  it('are all but one where everything has happened', () => {
    const keys: CommandKeys = {
      'alexnet.hasRun': true,
      'alexnet.hasStrip': true,
      'alexnet.isComparing': true,
      'alexnet.isEvaluating': true,
      'alexnet.hasEvaluation': true,
      'alexnet.hasEngine': true,
      'alexnet.weights': 'trained',
      'alexnet.downloads': 'some',
      'alexnet.trained': 'some',
      'alexnet.hasOwnLabels': true,
      'alexnet.hasOpenSize': true,
      'alexnet.step': 'none',
      'alexnet.native': 'installed',
    };
    assert.deepEqual(missing(keys), ['installNativeEngine']);
    assert.deepEqual(missing({ ...keys, 'alexnet.native': 'unfinished' }), []);
    assert.deepEqual(missing({ ...keys, 'alexnet.native': 'unavailable' }), [
      'installNativeEngine',
      'removeNativeEngine',
    ]);
  });

  it('hide nothing that may have lasted, until the extension runs', () => {
    const names = offered({});
    for (const name of ['useRandomWeights', 'removeDownloadedWeights', 'removeNativeEngine'])
      assert.ok(names.includes(name), name);
  });

  it('end in … where they ask for a file or a choice', () => {
    const titles = new Map(contributes.commands.map(({ command, title }) => [command, title]));
    const asking = [...titles].filter(([, title]) => title.endsWith('…')).map(([name]) => name);
    assert.deepEqual(
      asking.map((name) => name.replace('alexnet.', '')).sort(),
      [
        ...['chooseInputSize', 'chooseLabels'],
        ...['chooseWeights', 'classifyFolder', 'classifyImage', 'compareWith', 'exportActivation'],
        ...[
          'evaluate',
          'exportCode',
          'exportEvaluation',
          'exportGraph',
          'exportLayerTable',
          'exportNetwork',
          'loadWeights',
          'openModel',
          'removeDownloadedWeights',
        ],
        ...['removeTrainedNetwork', 'saveWeights', 'selectVariant', 'train'],
      ].sort(),
    );
    // What a menu has a file for asks for none; the title of a view has none.
    const fileless = ['commandPalette', 'view/title'];
    const inMenus = Object.entries(contributes.menus).filter(([menu]) => !fileless.includes(menu));
    for (const { command } of inMenus.flatMap(([, items]) => items))
      assert.doesNotMatch(titles.get(command) ?? '…', /…$/, command);
  });
});

describe('what commands are offered by', () => {
  it('follows the parts of the state that change, and only those', () => {
    const run = {} as PanelState['run'];
    assert.deepEqual(stateKeys({ problem: 'x' }), {});
    assert.deepEqual(stateKeys({ run, pictures: undefined }), {
      'alexnet.hasRun': true,
      'alexnet.hasStrip': false,
    });
    assert.deepEqual(stateKeys({ comparison: { status: 'waiting', begun: 1 } }), {
      'alexnet.isComparing': true,
    });
    assert.deepEqual(stateKeys({ comparison: undefined, engine: { status: 'stopped' } }), {
      'alexnet.isComparing': false,
      'alexnet.hasEngine': false,
    });
    assert.deepEqual(stateKeys({ engine: { status: 'failed', why: 'x' } }), {
      'alexnet.hasEngine': true,
    });
    const weights = { documentId: 'bvlc', trained: true, name: 'w', tensors: 16 };
    assert.deepEqual(stateKeys({ weights }), { 'alexnet.weights': 'trained' });
  });

  it('looks at what of native TensorFlow is there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alexnet-keys-'));
    const { installed, downloads } = nativePlaces(folder);
    try {
      assert.equal(nativeKey(folder, 'linux-x64'), 'installable');
      assert.equal(nativeKey(folder, 'darwin-arm64'), 'unavailable');
      await mkdir(downloads);
      assert.equal(nativeKey(folder, 'linux-x64'), 'unfinished');
      await mkdir(installed);
      assert.equal(nativeKey(folder, 'darwin-arm64'), 'installed');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

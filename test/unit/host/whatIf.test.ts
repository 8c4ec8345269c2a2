import { strict as assert } from 'node:assert';
import { withChannels, withErased } from '../../../src/host/change/runChanges';
import { CancelledError } from '../../../src/protocol/rpc';
import type { PanelChanges } from '../../../src/protocol/whatIf';
import { openWindow } from '../../support/hostWindow';
import { memoryFile } from '../../support/memoryFile';
import { settle } from '../../support/settle';

const [cat, vase] = ['cat.jpg', 'vase.png'].map((name) => memoryFile(name));
const event = {} as never;
const area = { top: 0, left: 0, height: 8, width: 8 };
const fill = 'zero';

/** A window with a picture on screen, and what a person does to its run. */
async function openShown() {
  const window = openWindow();
  await window.pictures.classify([cat!]);
  const { whatIf, engine } = window;
  const { runId: of } = window.pictures.run!;
  const tell = async <K extends keyof PanelChanges>(
    method: K,
    params: PanelChanges[K]['params'],
  ): Promise<void> => {
    const handler = whatIf.handlers[method] as (given: typeof params, context: never) => unknown;
    void handler(params, event);
    await settle();
  };
  const toggle = (channel: number, off = true, layer = 'conv5'): Promise<void> =>
    tell('switchChannels', { of, layer, channels: [channel], off });
  const made = (): number => engine.asked.filter((one) => one.startsWith('changeRun')).length;
  return { ...window, of, tell, toggle, made };
}

describe('what if', () => {
  it('has channels off over several layers, and says what every class was before', async () => {
    const { whatIf, toggle, of } = await openShown();
    await toggle(3);
    await toggle(1, true, 'conv2');
    const { whatIf: wanted, changed } = whatIf.state;
    const changes = { off: { conv5: [3], conv2: [1] } };
    assert.deepEqual(wanted, { of, steps: 2, wish: 2, changes });
    assert.equal(changed!.of, of);
    assert.equal(changed!.changes, wanted.changes);
    const [first, second] = changed!.predictions;
    // Of logits 2, 1 before and 0, 1 now.
    assert.deepEqual([first!.index, second!.index], [1, 0]);
    assert.ok(Math.abs(first!.before - second!.probability) < 1e-6);
    assert.ok(Math.abs(first!.probability - second!.before) < 1e-6);
  });

  it('is taken back step by step, and at once', async () => {
    const { whatIf, whatIfs, toggle, tell, pictures } = await openShown();
    const { run } = pictures;
    await toggle(3);
    await toggle(4);
    await tell('undoChange', undefined);
    assert.deepEqual(whatIf.state.whatIf!.changes, { off: { conv5: [3] } });
    assert.deepEqual(whatIf.state.changed!.changes, { off: { conv5: [3] } });
    await tell('undoChange', undefined);
    const none = { whatIf: undefined, changed: undefined };
    assert.deepEqual([whatIf.state, whatIfs.at(-1)], [none, none]);
    await tell('undoChange', undefined);
    await toggle(3);
    await toggle(4);
    await tell('resetChanges', undefined);
    assert.deepEqual(whatIf.state, none);
    assert.equal(pictures.run, run);
  });

  it('ends where a person switches on what was off', async () => {
    const { whatIf, toggle } = await openShown();
    await toggle(3);
    await toggle(3, false);
    assert.deepEqual(whatIf.state, { whatIf: undefined, changed: undefined });
  });

  it('counts the areas of one stroke as one step, and leaves out those that others cover', async () => {
    const { whatIf, tell, of } = await openShown();
    const areas = [area, { ...area, left: 4 }];
    await tell('erase', { of, stroke: 1, areas, fill });
    const inner = { ...area, top: 2, height: 3 };
    await tell('erase', { of, stroke: 1, areas: [inner, { ...area, top: 9 }], fill });
    await tell('erase', { of, stroke: 2, areas: [{ ...area, top: 20 }], fill });
    const { steps, changes } = whatIf.state.whatIf!;
    assert.equal(steps, 2);
    assert.deepEqual(
      changes.erased!.areas.map(({ top, left }) => [top, left]),
      [
        [0, 0],
        [0, 4],
        [9, 0],
        [20, 0],
      ],
    );
    await tell('undoChange', undefined);
    assert.equal(whatIf.state.whatIf!.changes.erased!.areas.length, 3);
    await tell('erase', { of, stroke: 3, areas: [], fill: { rgb: [1, 2, 3] } });
    assert.deepEqual(whatIf.state.whatIf!.changes.erased!.fill, { rgb: [1, 2, 3] });
  });

  it('runs the last wish after the one under way, and none between', async () => {
    const { engine, whatIf, whatIfs, toggle, made } = await openShown();
    engine.slow.add('changeRun');
    for (const channel of [1, 2, 3, 4]) await toggle(channel);
    assert.equal(made(), 1);
    assert.equal(whatIfs.filter((change) => 'changed' in change).length, 0);
    engine.answer();
    await settle();
    assert.equal(made(), 2);
    assert.deepEqual(whatIf.state.changed!.changes, { off: { conv5: [1] } });
    engine.answer();
    await settle();
    assert.deepEqual(
      [made(), whatIf.state.changed!.changes],
      [2, { off: { conv5: [1, 2, 3, 4] } }],
    );
  });

  it('goes before what takes long, which ends', async () => {
    const { engine, tasks, toggle, whatIf } = await openShown();
    engine.slow.add('explain');
    const params = { runId: 1, method: 'occlusion', target: { class: 0 } } as const;
    const explaining = tasks.read(
      'explaining',
      (task) => task.turn(() => engine.call('explain', params, { signal: task.signal })),
      { givesWay: true },
    );
    const ended = assert.rejects(explaining, CancelledError);
    await toggle(3);
    await ended;
    assert.ok(whatIf.state.changed);
  });

  it('ends with another picture, other weights, another network and the engine, and the run stays', async () => {
    const ends: Readonly<
      Record<string, (window: Awaited<ReturnType<typeof openShown>>) => unknown>
    > = {
      picture: ({ pictures }) => pictures.classify([vase!]),
      weights: ({ load }) => load({ kind: 'file', file: memoryFile('own.pth') }),
      network: ({ session }) => session.showDocument('paper'),
      crash: ({ engine }) => engine.crash(),
      stop: ({ engine }) => engine.stop(),
    };
    for (const [what, end] of Object.entries(ends)) {
      const window = await openShown();
      const { toggle, whatIf, whatIfs, problems } = window;
      await toggle(3);
      window.engine.slow.add('changeRun');
      await toggle(4);
      const ending = end(window);
      await settle();
      // What comes next waits for its turn.
      window.engine.answer();
      await ending;
      await settle();
      const none = { whatIf: undefined, changed: undefined };
      assert.deepEqual([whatIf.state, whatIfs.at(-1)], [none, none], what);
      assert.equal(problems.at(-1), undefined, what);
      assert.ok(window.pictures.run, what);
    }
  });

  it('is of no run but the one on screen', async () => {
    const { whatIf, tell, of, pictures, made } = await openShown();
    await pictures.classify([vase!]);
    await tell('switchChannels', { of, layer: 'conv5', channels: [1], off: true });
    assert.deepEqual([whatIf.state.whatIf, made()], [undefined, 0]);
  });

  it('runs the picture first where the engine was stopped since', async () => {
    const { engine, whatIf, toggle, of } = await openShown();
    engine.stop();
    await toggle(3);
    assert.ok(whatIf.state.changed!.of > of);
  });

  it('that fails is said once and ends; the next one runs', async () => {
    const { engine, whatIf, toggle, problems } = await openShown();
    engine.failures.set('changeRun', new Error('it is too large'));
    await toggle(3);
    assert.equal(problems.at(-1), 'It is too large.');
    assert.equal(whatIf.state.whatIf, undefined);
    engine.failures.clear();
    await toggle(2);
    assert.ok(whatIf.state.changed);
  });

  it('of a script is shown where its run is on screen, and can be taken back', async () => {
    const { whatIf, toggle, tell, of } = await openShown();
    await toggle(3);
    const made = { runId: 77, layers: [], milliseconds: 1 };
    const logits = Float32Array.of(2, 1);
    const changes = { off: { conv1: [0] } };
    whatIf.show({ ...made, logits, logitsBefore: logits }, of, changes);
    assert.deepEqual([whatIf.state.changed!.runId, whatIf.state.whatIf!.steps], [77, 2]);
    await tell('undoChange', undefined);
    assert.deepEqual(whatIf.state.changed!.changes, { off: { conv5: [3] } });
  });
});

describe('changes of a run', () => {
  it('have channels in order, once each, and no layer without any', () => {
    const switched = { layer: 'conv5', channels: [7, 3], off: true };
    const some = withChannels({}, switched);
    assert.deepEqual(some, { off: { conv5: [3, 7] } });
    assert.deepEqual(withChannels(some, switched), some);
    assert.deepEqual(withChannels(some, { ...switched, off: false }), { off: {} });
  });

  it('fill all that is erased alike', () => {
    const some = withErased({}, { areas: [area], fill });
    const rgb = { rgb: [9, 9, 9] } as const;
    const all = withErased(some, { areas: [{ ...area, top: 4 }], fill: rgb });
    assert.deepEqual(all, { erased: { areas: [area, { ...area, top: 4 }], fill: rgb } });
  });
});

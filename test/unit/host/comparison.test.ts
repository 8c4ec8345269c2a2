import { strict as assert } from 'node:assert';
import { Comparison } from '../../../src/host/compare/comparison';
import type { LayerComparison } from '../../../src/protocol/comparison';
import type { PanelComparison, PanelState } from '../../../src/protocol/panelProtocol';
import { unseenTasks } from '../../support/unseenTasks';
import { runOf } from '../webview/fixtures';

const [first, second, third] = [1, 2, 3].map((runId) => runOf('keras', {}, runId));

/** Answers that come when the test says so, and what was asked of the engine. */
function setUp() {
  const kept: (number | undefined)[] = [];
  const answers: ((result: Promise<readonly LayerComparison[]>) => void)[] = [];
  const asked: string[] = [];
  const shown: Partial<Pick<PanelState, 'comparison' | 'reference'>>[] = [];
  const comparison = new Comparison({
    runs: {
      keep: (runId) => {
        if (runId === 3) return Promise.reject(new Error('run 3 is not kept'));
        kept.push(runId);
        return Promise.resolve();
      },
      compare: (a, b) => {
        asked.push(`${a} ${b}`);
        return new Promise((resolve) => answers.push(resolve));
      },
    },
    tasks: unseenTasks(),
    onChange: (change) => shown.push(change),
  });
  return { comparison, kept, answers, asked, shown };
}

const withoutTime = (state: PanelComparison | undefined): object => {
  const { begun, ...rest } = state ?? { begun: NaN };
  assert.ok(begun > 0);
  return rest;
};

describe('a comparison', () => {
  it('waits for the run after the one that is kept, then says how they differ', async () => {
    const { comparison, kept, answers, asked, shown } = setUp();
    await comparison.begin(first!);
    assert.deepEqual(withoutTime(shown[0]?.comparison), { status: 'waiting' });
    await comparison.follow(first!);
    const following = comparison.follow(second!);
    answers[0]?.(Promise.resolve([]));
    await following;
    assert.deepEqual([kept, asked], [[1], ['1 2']]);
    const { comparison: state, reference } = comparison.state;
    assert.deepEqual(withoutTime(state), { status: 'ready', runId: 2, layers: [] });
    assert.equal(reference, first);
    assert.equal(new Set(shown.map((change) => change.comparison?.begun)).size, 1);
    assert.deepEqual(
      shown.map((change) => change.reference),
      [first, undefined],
      'the run that is kept is told once',
    );
  });

  it('is of the last run, whichever answer comes last', async () => {
    const { comparison, answers } = setUp();
    await comparison.begin(first!);
    const following = [comparison.follow(second!), comparison.follow(third!)];
    answers[1]?.(Promise.resolve([]));
    answers[0]?.(Promise.reject(new Error('too late')));
    await Promise.all(following);
    const { comparison: state } = comparison.state;
    assert.equal(state?.status === 'ready' ? state.runId : undefined, 3);
  });

  it('says why it failed, in a sentence, and goes on with the next run', async () => {
    const { comparison, answers } = setUp();
    await comparison.begin(first!);
    const failing = comparison.follow(second!);
    answers[0]?.(Promise.reject(new Error('run 1 is not kept')));
    await failing;
    const failed = { status: 'failed', why: 'Run 1 is not kept.' };
    assert.deepEqual(withoutTime(comparison.state.comparison), failed);
    const following = comparison.follow(third!);
    answers[1]?.(Promise.resolve([]));
    await following;
    assert.equal(comparison.state.comparison?.status, 'ready');
  });

  it('ends at once: no answer brings it back, and the engine keeps nothing for it', async () => {
    const { comparison, kept, answers, shown } = setUp();
    await comparison.end();
    assert.deepEqual([kept, shown], [[], []]);
    await comparison.begin(first!);
    const following = comparison.follow(second!);
    await comparison.end();
    answers[0]?.(Promise.resolve([]));
    await following;
    assert.deepEqual(comparison.state, { comparison: undefined, reference: undefined });
    assert.deepEqual(kept, [1, undefined]);
    await comparison.follow(third!);
    assert.deepEqual(comparison.state, { comparison: undefined, reference: undefined });
  });

  it('does not begin with a run that the engine has let go', async () => {
    const { comparison, shown } = setUp();
    await assert.rejects(comparison.begin(third!), /run 3 is not kept/);
    assert.deepEqual(shown, []);
  });
});

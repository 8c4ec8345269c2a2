import type { ExplanationMethod } from '../../protocol/explanation';
import type { SanityParams } from '../../protocol/sanityCheck';
import { button, element } from '../draw/element';
import { sentence } from '../draw/resource';
import type { Actions } from '../state/actions';
import { checkSoFar, type SanityReads, type Testing } from '../state/sanityReads';
import { MethodChoice } from './methodChoice';
import { paramsOf, type Question } from './question';
import { SanityTable } from './sanityTable';
import { stageTitles } from './sanityWords';

interface SectionState {
  readonly question: Question;
  readonly tested: readonly ExplanationMethod[];
  readonly reads: SanityReads;
  /** The result on screen is of other choices than those of now. */
  readonly isOld: boolean;
  /** The map that is looked at is on its way. */
  readonly isMapAsked: boolean;
  /** Rows of the table of methods are, or curves. */
  readonly isRowAsked: boolean;
}

/** Whether methods are to be trusted: their maps while the network's layers become random, one after the other. */
export class SanitySection {
  readonly element: HTMLElement;
  private readonly start: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly said = element('span', { class: 'quiet', role: 'status' });
  private readonly bar = element('progress', { max: 1, 'aria-label': 'Tested', hidden: true });
  private readonly untrained = element(
    'p',
    { class: 'note' },
    'The weights in use are random: nothing was learned that could be lost, so that this test means nothing.',
  );
  private readonly methods: MethodChoice;
  private readonly table = new SanityTable();
  private state: SectionState | undefined;

  /** `begin` ends what else is on its way. */
  constructor(
    private readonly actions: Pick<Actions, 'look'>,
    begin: () => void,
  ) {
    this.start = button('Randomise layers', () => this.run(begin), { kind: 'secondary small' });
    this.stop = button('Stop', () => this.state?.reads.stop(), {
      kind: 'secondary small',
      title: 'What is done stays',
    });
    this.methods = new MethodChoice((tested) => this.actions.look({ explain: { tested } }));
    this.element = element(
      'section',
      { class: 'explain-sanity', 'aria-label': 'Can I trust it?' },
      element(
        'div',
        { class: 'explain-methods-head' },
        element('h2', {}, 'Can I trust it?'),
        this.start,
        this.stop,
        this.bar,
        this.said,
      ),
      element('p', { class: 'quiet' }, aboutTest),
      this.untrained,
      this.methods.element,
      this.table.element,
    );
  }

  update(state: SectionState): void {
    const { question, tested, reads, isOld, isMapAsked, isRowAsked } = state;
    this.state = state;
    const params = sanityParams(question, tested);
    // The engine does one thing at a time, and a person who asks for a map should not wait for this.
    if (isMapAsked || isRowAsked) reads.stop();
    reads.endAllBut([params]);
    const testing = reads.known(params);
    const isLoading = testing?.status === 'loading';
    const isDone = testing?.status === 'ready';
    this.start.hidden = isLoading || isDone;
    this.start.disabled = isOld || isMapAsked;
    this.start.textContent = testing === undefined ? 'Randomise layers' : 'Start again';
    this.stop.hidden = this.bar.hidden = !isLoading;
    if (isLoading) this.bar.value = testing.progress?.fraction ?? 0;
    const words = testingWords(testing, question);
    // A live region: what is said already is not said again.
    if (this.said.textContent !== words) this.said.textContent = words;
    this.untrained.hidden = question.run.trained;
    this.methods.update(tested);
    this.table.update(checkSoFar(testing), question);
  }

  private run(begin: () => void): void {
    if (!this.state) return;
    begin();
    const { question, tested, reads } = this.state;
    reads.again(sanityParams(question, tested));
  }
}

const aboutTest =
  'Weights become random, layer by layer from the output down, and each method is asked again (Adebayo et al. 2018). A map that stays the same, outlined here, cannot show what the network learned. Under each map, which has its own scale: its rank correlation with the first one (Spearman’s; 1 is the same order of cells or pixels, 0 has nothing in common), in brackets that of the magnitudes. The weights in use stay as they are.';

function sanityParams(question: Question, methods: readonly ExplanationMethod[]): SanityParams {
  const { runId, target } = paramsOf(question);
  const { layer, settings } = question;
  const changed = Object.entries(settings).filter(([id]) => methods.some((each) => each === id));
  return {
    runId,
    target,
    methods,
    ...(layer !== undefined && { layer }),
    ...(changed.length > 0 && { settings: Object.fromEntries(changed) }),
  };
}

function testingWords(testing: Testing | undefined, { network }: Question): string {
  if (testing === undefined) return '';
  if (testing.status === 'failed') return sentence(`could not test the methods: ${testing.why}`);
  const check = checkSoFar(testing);
  const row = check?.rows.find((each) => 'steps' in each);
  const done = row && 'steps' in row ? row.steps.length : 0;
  if (testing.status === 'ready') return 'Done.';
  if (testing.status === 'stopped')
    return check ? 'Stopped: what is there stays.' : 'Stopped before anything was there.';
  const next = check && stageTitles(check, network)[done];
  return next === undefined ? 'Asking the network as it is…' : `Making ${next} random…`;
}

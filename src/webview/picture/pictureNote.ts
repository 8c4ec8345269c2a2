import type { PanelState, PictureNotice } from '../../protocol/panelProtocol';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { sentence } from '../draw/resource';
import type { Actions } from '../state/actions';

type NotedState = Pick<PanelState, 'notice' | 'run' | 'weights' | 'documents' | 'documentId'>;

/**
 * What is to be said of the picture besides its result, with a way on. It stands below all else, so that nothing moves
 * when it comes and goes. That a new run is under way is seen by the maps, and said aloud only.
 */
export class PictureNote {
  // The region is there from the start: screen readers hear only what is put into a known one.
  readonly element = element('div', { class: 'picture-note', role: 'status' });
  private readonly changed = dirtyCheck();

  constructor(private readonly actions: Pick<Actions, 'tell'>) {}

  update(state: NotedState): void {
    const words = noticeWords(state);
    const kind = state.notice?.kind;
    if (!this.changed(words, kind)) return;
    this.element.replaceChildren();
    this.element.classList.toggle('hidden-label', kind === 'running' || kind === 'returning');
    if (words === undefined || kind === undefined) return;
    this.element.append(element('p', {}, words));
    const way = ways[kind];
    if (way) {
      const go = (): void => this.actions.tell(way.tells);
      this.element.append(button(way.label, go, { kind: 'secondary small' }));
    }
  }
}

interface Way {
  readonly label: string;
  readonly tells: 'runAgain' | 'chooseImage';
}

const runAgain: Way = { label: 'Run again', tells: 'runAgain' };

/** What a person may do then; where the pane is empty it says so itself. */
const ways: Readonly<Record<PictureNotice['kind'], Way | undefined>> = {
  running: undefined,
  outdated: runAgain,
  changed: runAgain,
  gone: { label: 'Choose another picture…', tells: 'chooseImage' },
  returning: undefined,
  lost: { label: 'Try again', tells: 'runAgain' },
};

/** One or two sentences; undefined where there is nothing to say. */
export function noticeWords(state: NotedState): string | undefined {
  const { notice, run } = state;
  switch (notice?.kind) {
    case undefined:
      return undefined;
    case 'running':
      return run && `Running ${run.name} ${chosen(run, state)}. What is shown is of before.`;
    case 'outdated':
      return run && `This result is of ${run.network} with ${run.weights}.`;
    case 'changed':
      return run && `${run.name} has changed since it was run.`;
    case 'gone':
      return run && `${run.name} is not there any more.`;
    case 'returning':
      return `Bringing back ${notice.name}.`;
    case 'lost':
      return sentence(notice.why);
  }
}

/** What a new run differs in, as far as a person chose it. */
function chosen(
  run: { readonly documentId: string },
  { documents, documentId, weights }: NotedState,
): string {
  const title = documents.find(({ id }) => id === documentId)?.title;
  return run.documentId === documentId ? `with ${weights.name}` : `in ${title ?? documentId}`;
}

import type { RunView } from '../../protocol/panelProtocol';
import { variants } from '../../network/variants/variants';
import type { Actions } from '../actions';
import { button, element } from '../dom/element';
import { icon } from '../dom/icon';
import { onChange } from '../dom/onChange';
import { pictureImage } from '../dom/pixelImage';
import { formatMilliseconds } from '../facts/numberFormat';
import { preprocessWords } from '../facts/preprocessWords';
import type { Model } from '../state/model';
import { phrase } from './phrase';
import { predictionList } from './predictionList';

/** The picture, what the network saw of it, and what it took it for. */
export function picturePane(actions: Actions): {
  readonly element: HTMLElement;
  readonly update: (model: Model) => void;
} {
  const pane = element('section', {
    class: 'picture-pane',
    'aria-label': 'Picture and result',
    tabindex: 0,
  });
  const changed = onChange();
  return {
    element: pane,
    update: ({ state, run, shown }) => {
      if (!changed(state.run, shown)) return;
      if (state.run) pane.replaceChildren(...result(state.run, run === undefined, actions));
      else pane.replaceChildren(emptyState(actions));
    },
  };
}

function emptyState(actions: Actions): HTMLElement {
  return element(
    'div',
    { class: 'empty' },
    icon('picture'),
    element('h2', {}, 'No picture yet'),
    element('p', {}, 'See what every layer sees of it.'),
    button('Choose a picture…', actions.chooseImage, { kind: 'primary' }),
    element(
      'p',
      { class: 'quiet' },
      'Or right-click a picture in the Explorer and pick “AlexNet: Classify Image”.',
    ),
  );
}

function result(run: RunView, stale: boolean, actions: Actions): readonly HTMLElement[] {
  const { preview, seen, name, width, height, preprocess } = run;
  const shape = [seen.height, seen.width, 3];
  const another = button('Choose another…', actions.chooseImage, { kind: 'link' });
  return [
    section(
      'Picture',
      element('img', { class: 'preview', src: pictureImage(preview), alt: `The picture ${name}` }),
      element('p', { class: 'file' }, ...phrase(`${name} · ${width} × ${height}`, ' · ')),
      another,
    ),
    ...(stale ? [staleNote(run)] : []),
    section(
      'What the network saw',
      element(
        'div',
        { class: 'seen' },
        element('img', { src: pictureImage(seen), alt: 'The pixels that went in' }),
        element('p', {}, ...phrase(preprocessWords(shape, preprocess), ', ')),
      ),
    ),
    section(run.trained ? 'Top 5' : 'Top 5, untrained', predictionList(run)),
    section('Time', times(run)),
  ];
}

function staleNote(run: RunView): HTMLElement {
  const words = `This result is of ${variants[run.variant].title}. Classify again to see this network’s maps.`;
  return element('p', { class: 'note', role: 'status', 'data-notice': 'stale' }, words);
}

function times({ milliseconds }: RunView): HTMLElement {
  const rows = (['decode', 'preprocess', 'forward'] as const).map((step) =>
    element(
      'div',
      { class: 'fact' },
      element('dt', {}, step),
      element('dd', {}, formatMilliseconds(milliseconds[step])),
    ),
  );
  return element('dl', { class: 'times' }, ...rows);
}

function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'part' }, element('h2', {}, title), ...content);
}

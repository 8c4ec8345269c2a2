import type { RunView } from '../../protocol/panelProtocol';
import { probabilityWords } from '../../protocol/pictureWords';
import { element } from '../draw/element';
import { previewImage } from '../draw/pixels';
import { phrase } from '../draw/phrase';
import { preprocessWords } from '../preprocessing/preprocessWords';

/** One side of a comparison: the picture, the network, what it took the picture for. */
export function runCard(side: 'A' | 'B', run: RunView): HTMLElement {
  const { name, network, weights, preview, preprocess, seen } = run;
  const steps = preprocessWords([seen.height, seen.width, run.channels.length], preprocess);
  return element(
    'section',
    { class: 'run-card', 'aria-label': `${side}: ${name}, ${network}` },
    element('span', { class: 'side', 'aria-hidden': 'true' }, side),
    element('img', {
      class: 'run-picture',
      src: previewImage(preview),
      alt: `The picture ${name}`,
    }),
    element(
      'div',
      { class: 'run-words' },
      element('strong', { class: 'file' }, name),
      element('p', {}, network),
      element('p', { class: 'quiet' }, weights),
      element('p', { class: 'quiet' }, ...phrase(steps, ', ')),
      topLabel(run),
    ),
  );
}

function topLabel({ predictions, trained }: RunView): HTMLElement {
  const [top] = predictions;
  if (!top) return element('p', {});
  const words = `${top.label} ${probabilityWords(top.probability)}`;
  return element(
    'p',
    { class: 'top-label' },
    ...(trained ? [words] : [element('s', { class: 'quiet' }, words)]),
  );
}

import { samplePictures } from '../../protocol/givenPictures';
import type { PictureNotice } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';

/** What stands where a picture will: ways to one. `back` leads to earlier ones. */
export function emptyState(
  { tell }: Pick<Actions, 'tell'>,
  back: HTMLElement,
  notice: PictureNotice | undefined,
): HTMLElement {
  const [title, words] = emptyWords(notice);
  return element(
    'div',
    { class: 'empty' },
    icon('picture'),
    element('h2', {}, title),
    element('p', {}, words),
    button('Choose a picture…', () => tell('chooseImage'), { kind: 'primary' }),
    back,
    element('p', { id: 'samples-title' }, 'Or try one of these:'),
    element(
      'div',
      { class: 'samples', role: 'group', 'aria-labelledby': 'samples-title' },
      ...samplePictures.map(({ file, title }) => sample(file, title, tell)),
    ),
    element(
      'p',
      { class: 'quiet' },
      'Or drop pictures here (from the Explorer with Shift held), paste one, or right-click one in the Explorer: “AlexNet: Classify Image”.',
    ),
  );
}

/** A title, and what stands below it. */
function emptyWords(notice: PictureNotice | undefined): readonly [string, string] {
  if (notice?.kind === 'returning') return ['Bringing back', notice.name];
  if (notice?.kind === 'lost') return ['Not brought back', notice.name];
  return ['No picture yet', 'See what every layer sees of it.'];
}

function sample(file: string, title: string, tell: Actions['tell']): HTMLElement {
  const made = button('', () => tell('classifySample', { file }), { kind: 'sample' });
  made.append(
    element('img', { src: sampleAddress(file), alt: '', draggable: 'false' }),
    element('span', {}, title),
  );
  return made;
}

/** The host wrote into the page where the samples are. */
function sampleAddress(file: string): string {
  return `${document.getElementById('app')?.dataset['samples'] ?? ''}/${file}`;
}

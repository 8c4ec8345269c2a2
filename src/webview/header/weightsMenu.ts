import type { PublishedWeights } from '../../network/modelDocument';
import type { PanelWeights } from '../../protocol/panelProtocol';
import { learnedWords } from '../../protocol/trainingWords';
import { element } from '../draw/element';
import { icon } from '../draw/icon';
import { popupMenu } from '../draw/menu';
import { formatCount } from '../draw/numberFormat';
import type { Actions } from '../state/actions';

/** The weights' name, and a menu of where to take others from and put these. */
export class WeightsMenu {
  readonly element: HTMLElement;
  private readonly name = element('strong', {});
  private readonly trigger = element(
    'button',
    { type: 'button', class: 'button secondary', id: 'weights', 'aria-haspopup': 'menu' },
    element('span', { class: 'weights-word' }, 'Weights'),
    this.name,
    icon('chevron'),
  );
  private readonly facts = element('p', { class: 'quiet weights-facts' });

  constructor({ tell }: Pick<Actions, 'tell'>) {
    const menu = element('div', { role: 'menu', 'aria-labelledby': 'weights' });
    const panel = element('div', { class: 'popup menu weights-popup' }, menu, this.facts);
    popupMenu(this.trigger, menu, panel).fill([
      [
        { label: 'Choose weights…', choose: () => tell('chooseWeights') },
        { label: 'Load weights…', choose: () => tell('chooseWeightsFile') },
        { label: 'Use random weights', choose: () => tell('useRandomWeights') },
      ],
      [
        { label: 'Save weights…', choose: () => tell('saveWeights') },
        { label: 'Evaluate on a labelled folder…', choose: () => tell('evaluate') },
        { label: 'Train…', choose: () => tell('train') },
      ],
    ]);
    this.element = element('div', { class: 'field' }, this.trigger, panel);
  }

  update(weights: PanelWeights): void {
    this.name.textContent = weights.name;
    const words = weightsWords(weights);
    this.trigger.title = words.join('\n');
    this.facts.replaceChildren(...words.slice(1).map((line) => element('span', {}, line)));
  }
}

/** What is known of the weights in use, line by line; the name first. */
export function weightsWords({
  name,
  trained,
  tensors,
  published,
  learned,
}: PanelWeights): readonly string[] {
  const what = trained ? 'trained' : 'untrained';
  const first = [name, `${formatCount(tensors)} tensors, ${what}`];
  if (learned) return [...first, `Trained here: ${learnedWords(learned)}`];
  if (!published) return first;
  const { classes, conditions, licence, source } = published;
  const accuracy = `${classes ? 'Measured' : 'Published'}: ${accuracyWords(published)} (${conditions})`;
  return [...first, accuracy, `Licence: ${licence}`, `Source: ${source}`];
}

function accuracyWords({ top1, top5 }: PublishedWeights): string {
  if (top1 === undefined || top5 === undefined) return 'no accuracy';
  return `top-1 ${top1} %, top-5 ${top5} %`;
}

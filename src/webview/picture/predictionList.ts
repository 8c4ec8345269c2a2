import type { Prediction, RunView } from '../../protocol/panelProtocol';
import { element } from '../draw/element';

/** The most probable classes with bars; struck through where the weights were never trained. */
export function predictionList({ predictions, trained }: RunView): HTMLElement {
  const items = predictions.map((prediction) => {
    const { label, probability, index } = prediction;
    const part = element('div', { class: 'part-bar' });
    part.style.width = `${100 * probability}%`;
    const name = element(trained ? 'span' : 's', { class: 'class-name' }, label);
    return element(
      'li',
      { 'data-class': index, title: `class ${index}: ${label}` },
      name,
      element('span', { class: 'probability' }, `${(100 * probability).toFixed(1)} %`),
      ...(trained ? [classId(prediction)] : []),
      element('div', { class: 'track-bar', 'aria-hidden': 'true' }, part),
    );
  });
  return element('ol', { class: trained ? 'predictions' : 'predictions untrained' }, ...items);
}

/** Which class it is beyond doubt: two are called "crane". */
function classId({ index, synset }: Prediction): HTMLElement {
  return element('span', { class: 'class-id quiet' }, `class ${index} · ${synset}`);
}

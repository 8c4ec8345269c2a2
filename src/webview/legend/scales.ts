import { colourBar } from '../draw/colourBar';
import { element } from '../draw/element';
import { amounts, scaleTicks, strength, type AmountScale } from '../graph/colouring';
import type { Family } from '../layers/layerView';
import { layerView } from '../layers/layerViews';
import { mapOf, type Model } from '../state/model';

const kinds: Readonly<Record<Family, string>> = {
  input: 'input',
  convolution: 'convolution',
  normalisation: 'normalisation',
  pooling: 'pooling',
  dense: 'dense',
  joining: 'joining',
  other: 'other',
};

/** A swatch with its name for every kind of work that the network's layers do. */
export function kindSwatches({ shown }: Model): HTMLElement {
  const { layers, unresolved } = shown.document.network;
  const all = [...layers, ...unresolved.map(({ settings }) => settings)];
  const families = new Set(all.map((layer) => layerView(layer).family));
  // The input has the colour of all that has none of its own.
  families.delete('input');
  const listed = Object.keys(kinds).filter((family): family is Family =>
    families.has(family as Family),
  );
  return element(
    'ul',
    { class: 'swatches' },
    ...listed.map((family) =>
      element('li', { 'data-family': family }, element('span', { class: 'swatch' }), kinds[family]),
    ),
  );
}

/** The scales of the maps on the blocks' faces; none without a run. */
export function heatBars(model: Model): readonly HTMLElement[] {
  const maps = model.shown.summary.layers.flatMap(({ name }) => mapOf(model, name) ?? []);
  const bars: HTMLElement[] = [];
  if (maps.some(({ scale }) => scale.kind === 'sequential')) {
    bars.push(colourBar('sequential', ['0', 'max of each layer']));
  }
  if (maps.some(({ scale }) => scale.kind === 'diverging')) {
    bars.push(colourBar('diverging', ['−max', '0', 'max']));
  }
  return bars;
}

const stops = 9;

/** The scale of the amount that the blocks are coloured by, with its unit. */
export function amountBar(scale: AmountScale): HTMLElement {
  const { unit } = amounts[scale.amount];
  return element(
    'div',
    { class: 'amount-scale' },
    colourBar('amount', scaleTicks(scale), amountColours()),
    element('span', {}, unit),
  );
}

/** The colours of an amount from the least to the most, as CSS. */
export function amountColours(): readonly string[] {
  return Array.from({ length: stops }, (_, index) => {
    const share = Math.round(100 * strength(index / (stops - 1)));
    return `color-mix(in srgb, var(--accent) ${share}%, var(--vscode-editor-background))`;
  });
}

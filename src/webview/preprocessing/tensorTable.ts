import type { RunView } from '../../protocol/panelProtocol';
import { element } from '../draw/element';
import { formatValue } from '../draw/numberFormat';
import { greyImage } from '../draw/pixels';

const statistics = ['max', 'mean', 'min'] as const;

/** The tensor that the network saw: each channel as a picture, with its statistics. */
export function tensorTable({ runId, channels, seen, preprocess }: RunView): HTMLElement {
  const letters = channels.length === 1 ? ['grey'] : preprocess.order.split('');
  const heads = letters.map((letter) => element('th', { scope: 'col' }, letter));
  const pictures = channels.map(({ grey }, channel) => {
    const alt = `Channel ${letters[channel] ?? channel} of the tensor`;
    const src = greyImage(grey, seen.width, seen.height);
    return element('td', {}, element('img', { class: 'plane', src, alt }));
  });
  const rows = statistics.map((name) => {
    const cells = channels.map((channel) =>
      // The whole number is there for those who want it.
      element(
        'td',
        { class: 'numeric', 'data-value': channel[name], title: String(channel[name]) },
        formatValue(channel[name]),
      ),
    );
    return element(
      'tr',
      { 'data-statistic': name },
      element('th', { scope: 'row' }, name),
      ...cells,
    );
  });
  const least = Math.min(...channels.map(({ min }) => min));
  const largest = Math.max(...channels.map(({ max }) => max));
  return element(
    'table',
    { class: 'tensor', 'data-run': runId },
    element(
      'caption',
      { class: 'quiet' },
      `Black is ${formatValue(least)}, white ${formatValue(largest)}`,
    ),
    element('thead', {}, element('tr', {}, element('td', {}), ...heads)),
    element('tbody', {}, element('tr', {}, element('td', {}), ...pictures), ...rows),
  );
}

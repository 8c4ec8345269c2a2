import { formatCount } from '../../network/tensor/formatCount';
import type { ModelDocument } from '../../network/modelDocument';
import { summarize } from '../../network/summary';

/** A network as the side bar lists it. */
export interface NetworkRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tooltip: string;
  readonly isShown: boolean;
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Every network of the window; `shown` is the id of the one in the panel. */
export function networkRows(
  documents: readonly ModelDocument[],
  shown: string,
): readonly NetworkRow[] {
  return documents.map(({ id, title, description, network }) => {
    const { layers, totals } = summarize(network);
    const parameters = formatCount(totals.parameters);
    const input = layers[0]?.inputShape.join(' × ') ?? '';
    return {
      id,
      title,
      description: `${short.format(totals.parameters)} parameters`,
      tooltip: `${title}\n${description}\nInput ${input}, ${parameters} parameters`,
      isShown: id === shown,
    };
  });
}

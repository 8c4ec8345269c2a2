import type { PanelWeights, PublishedWeights } from '../../protocol/panelProtocol';
import { formatCount } from '../draw/numberFormat';

/** What is known of the weights in use, line by line; the name first. */
export function weightsWords({
  name,
  trained,
  tensors,
  published,
}: PanelWeights): readonly string[] {
  const what = trained ? 'trained' : 'untrained: labels mean nothing';
  const first = [name, `${formatCount(tensors)} tensors, ${what}`];
  if (!published) return first;
  const { conditions, licence, source } = published;
  const accuracy = `Published: ${accuracyWords(published)} (${conditions})`;
  return [...first, accuracy, `Licence: ${licence}`, `Source: ${source}`];
}

function accuracyWords({ top1, top5 }: PublishedWeights): string {
  if (top1 === undefined || top5 === undefined) return 'no accuracy';
  return `top-1 ${top1} %, top-5 ${top5} %`;
}

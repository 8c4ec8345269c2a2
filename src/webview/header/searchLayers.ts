import { formatShape } from '../../network/shape';
import type { LayerSummary } from '../../network/summary';

/** Names of the layers whose name, kind or shape holds every word of the query; none for an empty query. */
export function searchLayers(layers: readonly LayerSummary[], query: string): readonly string[] {
  const words = normalise(query).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  return layers
    .filter(({ name, kind, outputShape }) => {
      const text = normalise(`${name} ${kind} ${formatShape(outputShape)}`);
      return words.every((word) => text.includes(word));
    })
    .map(({ name }) => name);
}

/** `13 × 13 x 256`, `13×13×256` and `13x13x256` are one shape; `4,096` and `4096` one number. */
function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(',', '')
    .replace(/(?<=\d)\s*[x×]\s*(?=\d)/g, 'x')
    .trim()
    .replace(/\s+/g, ' ');
}

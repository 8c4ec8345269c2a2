import type { ClassReading } from '../../network/classReading';
import type { Prediction } from '../../protocol/prediction';
import { labelOf, type ClassLabels } from '../../network/modelDocument';

/** The k most probable classes, the most probable first; equal ones by index; none where the values are no classes. */
export function topPredictions(
  logits: Float32Array,
  k: number,
  labels: ClassLabels,
  reading: ClassReading = { kind: 'softmax' },
): readonly Prediction[] {
  if (reading.kind === 'none') return [];
  const probabilities = reading.kind === 'softmax' ? softmax(logits) : logits;
  return Array.from(logits, (logit, index) => ({ logit, index }))
    .sort((a, b) => b.logit - a.logit || a.index - b.index)
    .slice(0, k)
    .map(({ index }) => ({
      index,
      label: labelOf(labels, index),
      synset: labels.synsets?.[index] ?? '',
      probability: probabilities[index] ?? 0,
    }));
}

function softmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

const defaultTopK = 5;

/** How many predictions a caller wants, who may have said anything. */
export function knownTopK({ topK = defaultTopK }: { readonly topK?: number }): number {
  if (Number.isSafeInteger(topK) && topK >= 1) return topK;
  throw new Error(`topK must be a whole number above 0, got ${topK}`);
}

import { imageNetLabels } from '../../library/imageNetLabels';
import { listedLabels, numberedLabels } from '../../network/classLabels';
import type { ClassLabels } from '../../network/modelDocument';

/** Names of classes that a person chose for a model: a file's as they were read, ImageNet's, or none. */
export type ChosenLabels =
  | { readonly kind: 'file'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'imageNet' }
  | { readonly kind: 'numbers' };

/** The labels of so many classes that were chosen; throws in a sentence where they are more or fewer. */
export function labelsOf(chosen: ChosenLabels, count: number): ClassLabels {
  if (chosen.kind === 'numbers') return numberedLabels(count);
  const labels =
    chosen.kind === 'imageNet'
      ? imageNetOf(count)
      : listedLabels(chosen.names, { source: chosen.name, from: 'chosen' });
  const { length } = labels.names;
  if (length === count) return labels;
  throw new Error(
    `${labels.source} names ${length} classes, but the network has ${count}: choose a list of ${count}`,
  );
}

function imageNetOf(count: number): ClassLabels {
  const { names, synsets = [], source } = imageNetLabels;
  if (count !== names.length + 1) return { names, synsets, source, from: 'chosen' };
  return {
    names: ['background', ...names],
    synsets: ['', ...synsets],
    source: `${source}, background first`,
    from: 'chosen',
  };
}

/** What of a kept choice makes sense. */
export function readChosenLabels(value: unknown): ChosenLabels | undefined {
  const { kind, name, names } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === 'imageNet' || kind === 'numbers') return { kind };
  const isList = Array.isArray(names) && names.every((each) => typeof each === 'string');
  return kind === 'file' && typeof name === 'string' && isList ? { kind, name, names } : undefined;
}

import type { RunView } from '../../protocol/panelProtocol';
import { shortLabel } from '../../protocol/pictureWords';
import type { Model } from './model';

/** Gives a class of a run the first of its names; its number until names are known. */
export function classNames(
  { data, shown }: Pick<Model, 'data' | 'shown'>,
  { predictions }: Pick<RunView, 'predictions'>,
): (index: number) => string {
  const got = data.labels(shown.document);
  const names = got.status === 'ready' ? got.value : undefined;
  return (index) => {
    const label = predictions.find((each) => each.index === index)?.label ?? names?.[index];
    return label === undefined ? `class ${index}` : shortLabel(label);
  };
}

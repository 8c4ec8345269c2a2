import { mayBeImageNet } from '../../library/imageNetLabels';
import { labelsWords } from '../../network/classLabels';
import type { ClassLabels } from '../../network/modelDocument';
import type { ChosenLabels } from './chosenLabels';

/** A way to names of classes, as a list offers it. */
export interface LabelsItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** `ask`: a file is to be asked for; undefined: what the model's own file says. */
  readonly choice: Exclude<ChosenLabels, { kind: 'file' }> | 'ask' | undefined;
}

/** What a person may call a model's classes; `own` is what its file says. */
export function labelsItems(
  own: ClassLabels,
  chosen: ChosenLabels | undefined,
): readonly LabelsItem[] {
  const { length } = own.names;
  const inUse = (is: boolean): string => (is ? 'in use' : '');
  const isNumbered = own.from === 'numbers';
  const file: LabelsItem = {
    label: 'From a file…',
    description: chosen?.kind === 'file' ? `in use: ${chosen.name}` : '',
    detail: `Text with a name on each line, or JSON: ${length} names`,
    choice: 'ask',
  };
  const imageNet: LabelsItem = {
    label: 'ImageNet’s 1000 classes',
    description: inUse(chosen?.kind === 'imageNet'),
    detail: length > 1000 ? 'After one that is called background' : 'In their usual order',
    choice: { kind: 'imageNet' },
  };
  const asRead: LabelsItem = {
    label: 'As the model says',
    description: inUse(chosen === undefined),
    detail: labelsWords(own),
    choice: undefined,
  };
  const none: LabelsItem = {
    label: 'None',
    description: inUse(chosen === undefined ? isNumbered : chosen.kind === 'numbers'),
    detail: 'Classes are called by their numbers',
    choice: isNumbered ? undefined : { kind: 'numbers' },
  };
  const first = mayBeImageNet(length) ? [imageNet] : [];
  return [...first, file, ...(isNumbered ? [] : [asRead]), none];
}

import { classReading } from '../../network/classReading';
import { inputShape } from '../../network/inputShape';
import type { ModelDocument } from '../../network/modelDocument';

const colours = 3;

/** Why a network cannot be trained on a folder of pictures, in a sentence; undefined where it may be. */
export function whyNotTrained({
  title,
  network,
}: Pick<ModelDocument, 'title' | 'network'>): string | undefined {
  const [fault] = network.unresolved;
  const why = (words: string): string => `${title} cannot be trained: ${words}`;
  if (fault) return why(fault.problem.sentence);
  if (network.inputs.length !== 1)
    return why(`it has ${network.inputs.length} inputs, and a picture goes into one`);
  const [, , channels] = inputShape(network);
  if (channels !== colours)
    return why(`its pictures have ${channels} channel${channels === 1 ? '' : 's'}, not three`);
  const reading = classReading(network);
  if (reading.kind === 'none') return why(reading.why);
  if (reading.kind === 'probabilities')
    return why('its output is probabilities already, and training needs what goes into a softmax');
  return undefined;
}

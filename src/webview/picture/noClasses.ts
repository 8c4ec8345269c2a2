import { classReading } from '../../network/classReading';
import type { RunView } from '../../protocol/panelProtocol';
import type { Model } from '../state/model';

/** Why a run has no list of classes: the network's output may be something else, or did not run. Undefined where it has one. */
export function noClassesWords(
  { predictions, documentId }: Pick<RunView, 'predictions' | 'documentId'>,
  { shown: { document } }: Pick<Model, 'shown'>,
): string | undefined {
  if (predictions.length > 0 || document.id !== documentId) return undefined;
  const { network } = document;
  const reading = classReading(network);
  if (reading.kind === 'none') return reading.why;
  const [fed = '', unfed] = network.inputs;
  return unfed === undefined
    ? 'The network’s output did not run.'
    : `The network’s output did not run: the picture goes into ${fed}, and ${unfed} is given nothing.`;
}

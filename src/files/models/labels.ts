import { listedLabels, numberedLabels } from '../../network/classLabels';
import { classReading } from '../../network/classReading';
import type { ClassLabels } from '../../network/modelDocument';
import type { Network } from '../../network/network';
import type { FindBeside } from '../bytes/findBeside';
import { namesOf } from '../labels/classNames';
import { labelsBeside } from '../labels/labelsBeside';

/** How a model's classes are called, and in a sentence why a list beside it does not say. */
interface ModelLabels {
  readonly labels: ClassLabels;
  readonly remark?: string;
}

/**
 * The names of a model's classes, from the file itself or from one beside it, called as the model or as is usual, that
 * has as many names as there are classes; their numbers where there is no such list.
 */
export async function findLabels(
  network: Network,
  { name, metadata }: { readonly name: string; readonly metadata: unknown },
  findBeside: FindBeside,
): Promise<ModelLabels> {
  const classes = classesOf(network);
  if (classes === 0) return { labels: numberedLabels(0) };
  const own = namesOf(metadata);
  if (own?.length === classes)
    return { labels: listedLabels(own, { source: 'the model’s own file', from: 'file' }) };
  const { labels, remark } = await labelsBeside(findBeside, name, classes);
  return labels ? { labels } : { labels: numberedLabels(classes), ...(remark && { remark }) };
}

/** How many classes the first output tells apart; 0 where its values are no classes. */
function classesOf(network: Network): number {
  if (classReading(network).kind === 'none') return 0;
  const [output] = network.outputs;
  return network.layers.find(({ name }) => name === output)?.outputShape[0] ?? 0;
}

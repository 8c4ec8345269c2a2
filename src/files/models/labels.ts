import type { ClassLabels } from '../../network/modelDocument';
import type { FindBeside } from '../bytes/findBeside';
import { namesOf } from '../labels/classNames';
import { labelsBeside } from '../labels/labelsBeside';

/**
 * The names of a model's classes, from the file itself or from one beside it that has as many names as there are classes;
 * none where there is no such list.
 */
export async function findLabels(
  classes: number,
  metadata: unknown,
  findBeside: FindBeside,
): Promise<ClassLabels> {
  const own = namesOf(metadata);
  if (own?.length === classes) return { names: own, source: 'the model’s own file' };
  const { labels } = await labelsBeside(findBeside, '', classes);
  return labels ?? { names: [], source: 'numbered: neither the file nor its folder names them' };
}

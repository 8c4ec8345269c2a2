import { groupNames } from '../containers/kerasGroups';
import { fieldsOf } from '../containers/smallJson';

/** A layer of a model: its name, and its group's name in the file of weights. */
export interface LayerKey {
  readonly name: string;
  readonly group: string;
}

/** The layers of a config.json, in order; none where it is not as Keras writes it: weights have names of their own. */
export function keras3Layers(config: unknown): readonly LayerKey[] {
  const layers = fieldsOf(fieldsOf(config)?.['config'])?.['layers'];
  if (!Array.isArray(layers)) return [];
  const read = layers.map((layer: unknown) => fieldsOf(layer) ?? {});
  const groups = groupNames(
    read.map(({ class_name: name }) => (typeof name === 'string' ? name : '')),
  );
  return read.map(({ config: own }, at) => {
    const [name, group = ''] = [fieldsOf(own)?.['name'], groups[at]];
    return { name: typeof name === 'string' ? name : group, group };
  });
}

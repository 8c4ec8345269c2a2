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
  const counts = new Map<string, number>();
  return layers.map((layer: unknown) => {
    const { class_name: className, config: own } = fieldsOf(layer) ?? {};
    const name = fieldsOf(own)?.['name'];
    const kind = snakeCase(typeof className === 'string' ? className : '');
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const group = count === 0 ? kind : `${kind}_${count}`;
    return { name: typeof name === 'string' ? name : group, group };
  });
}

/** Keras' rule for group names: `MaxPooling2D` becomes `max_pooling2d`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

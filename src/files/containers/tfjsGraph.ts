import { fieldsOf } from './smallJson';

/** A node of a graph model: inputs by the names of the nodes that make them. */
export interface TfjsNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  /** Single numbers and truths of its attributes. */
  readonly setting: (key: string) => unknown;
}

/** Bound of nodes; an AlexNet's graph has some fifty. */
const maxNodes = 10_000;

/** The nodes of a graph model in the order in which they run; none where the model has no graph of this form. */
export function readTfjsGraph(model: unknown): readonly TfjsNode[] {
  const nodes = fieldsOf(fieldsOf(model)?.['modelTopology'])?.['node'];
  if (!Array.isArray(nodes) || nodes.length > maxNodes) return [];
  return nodes.map((value: unknown) => {
    const { name, op, input, attr } = fieldsOf(value) ?? {};
    const inputs = Array.isArray(input) ? input.filter((one) => typeof one === 'string') : [];
    return {
      name: typeof name === 'string' ? name : '',
      op: typeof op === 'string' ? op : '',
      inputs: inputs.filter((one) => !one.startsWith('^')).map((one) => one.replace(/:\d+$/, '')),
      setting: (key) => {
        const held = fieldsOf(fieldsOf(attr)?.[key]);
        return held?.['f'] ?? held?.['b'];
      },
    };
  });
}

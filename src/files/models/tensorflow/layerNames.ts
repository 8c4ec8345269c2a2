import type { GraphNode } from '../onnx/graph/onnxModel';

/** Scopes that TensorFlow 2 puts around a whole model. */
const wrappers = /^((Stateful)?PartitionedCall(_\d+)?\/)+/;
/** What a kernel is called within its layer: read from a variable, folded with its normalisation, or TensorFlow 1's own. */
const kernelEnds =
  /\/(?:(?:[^/]+\/)?ReadVariableOp(?:_\d+)?|(?:Conv2D|depthwise|MatMul)_weights|depthwise_weights|depthwise_kernel|kernel|weights)(?:\/.*)?$/;
/** Of what a fused operator is named after its last step, its kernel tells the layer. */
const productOps = /Conv2d|Conv2D|MatMul/;

/**
 * Names of layers as their authors wrote them: without the scopes around all of them, and without the operator's at the end
 * where one layer alone is named so.
 */
export function layerNames(nodes: readonly GraphNode[]): ReadonlyMap<GraphNode, string> {
  const bare = nodes.map((node) => ownName(node).replace(wrappers, ''));
  const shared = sharedScope(bare.filter((name) => name.includes('/')));
  const inner = bare.map((name) => (name.startsWith(shared) ? name.slice(shared.length) : name));
  const scopes = inner.map(scopeOf);
  const counts = new Map<string, number>();
  for (const scope of scopes) counts.set(scope, (counts.get(scope) ?? 0) + 1);
  return new Map(
    nodes.map((node, at) => {
      const scope = scopes[at] ?? '';
      const isOne = scope !== '' && counts.get(scope) === 1;
      return [node, isOne ? scope : (inner[at] ?? node.name)];
    }),
  );
}

/** A product's name is its kernel's layer, and its operator. */
function ownName({ name, op, inputs: [, kernel = ''] }: GraphNode): string {
  if (!productOps.test(op)) return name;
  const layer = kernel.replace(kernelEnds, '');
  const isScoped = layer !== kernel && layer.includes('/');
  return isScoped ? `${layer}/${op.replace(/^_?(Fused)?/, '')}` : name;
}

function scopeOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** The scopes that all names begin with, with their last slash. */
function sharedScope(names: readonly string[]): string {
  const [first = ''] = names;
  let shared = scopeOf(first);
  for (const name of names) {
    while (shared !== '' && !name.startsWith(`${shared}/`)) shared = scopeOf(shared);
  }
  return shared === '' ? '' : `${shared}/`;
}

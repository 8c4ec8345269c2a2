import type { GraphNode } from './onnxModel';

/** Nodes in an order in which they can run, the file's own where it is one, and those that never can. */
export interface NodeOrder {
  readonly able: readonly GraphNode[];
  /** In a cycle, or after one. */
  readonly circular: readonly GraphNode[];
}

/** Which nodes take a value, by its name. */
export function usersOf(nodes: readonly GraphNode[]): ReadonlyMap<string, readonly GraphNode[]> {
  const users = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    for (const name of new Set(node.inputs)) {
      const known = users.get(name);
      if (known) known.push(node);
      else users.set(name, [node]);
    }
  }
  return users;
}

/** Orders nodes so that each comes after what makes its inputs (Kahn 1962). */
export function nodeOrder(
  nodes: readonly GraphNode[],
  users: ReadonlyMap<string, readonly GraphNode[]>,
): NodeOrder {
  const made = new Set(nodes.flatMap(({ outputs }) => outputs).filter((name) => name !== ''));
  const waiting = new Map(
    nodes.map((node) => [node, new Set(node.inputs.filter((name) => made.has(name))).size]),
  );
  const ready = nodes.filter((node) => waiting.get(node) === 0);
  for (const node of ready) {
    for (const user of node.outputs.flatMap((name) => users.get(name) ?? [])) {
      const left = (waiting.get(user) ?? 0) - 1;
      waiting.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  const isAble = new Set(ready);
  const inFile = nodes.filter((node) => isAble.has(node));
  const circular = nodes.filter((node) => !isAble.has(node));
  return { able: isOrdered(inFile, made) ? inFile : ready, circular };
}

function isOrdered(nodes: readonly GraphNode[], made: ReadonlySet<string>): boolean {
  const done = new Set<string>();
  return nodes.every(({ inputs, outputs }) => {
    const isReady = inputs.every((name) => done.has(name) || !made.has(name));
    outputs.forEach((name) => done.add(name));
    return isReady;
  });
}

import { isOwn } from './graph/readOnnxModel';
import { operators, runtimeOperators } from './operators/operators';
import { foldings, shapeFold } from './values/folding';
import type { Operation, Operator } from './values/operation';
import type { Value } from './values/value';

/** What the outputs of a node stand for; throws a NetworkError where it is at fault, or not known. */
export function translate(operation: Operation): readonly Value[] {
  const { op, domain } = operation.node;
  const given = operation.node.inputs.filter((name) => name !== '');
  const values = given.map((name) => operation.around.value(name));
  const isConstant = values.every((value) => value?.kind === 'constant');
  const isKnown = isOwn(domain);
  const fold = isKnown && isConstant ? own(foldings, op) : undefined;
  if (fold) return [{ kind: 'constant', constant: fold(operation) }];
  if (isKnown && op === 'Shape') {
    return [{ kind: 'constant', constant: shapeFold(operation, operation.tensor(0).dims) }];
  }
  const table = isKnown ? operators : domain === 'com.microsoft' ? runtimeOperators : {};
  const operator = own(table, op) ?? unknown;
  const made = operator(operation);
  return Array.isArray(made) ? (made as readonly Value[]) : [made as Value];
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Its rule says that it is not known. */
export const unknown: Operator = (operation) => {
  const { op, domain } = operation.node;
  const sources = operation.node.inputs.flatMap((name) => {
    const value = operation.around.value(name);
    return value?.kind === 'tensor' ? [value] : [];
  });
  const title = isOwn(domain) ? op : `${domain}.${op}`;
  const layer = operation.layer({ kind: 'Unknown', operation: title }, sources);
  return { kind: 'tensor', layer, dims: [], axes: [] };
};

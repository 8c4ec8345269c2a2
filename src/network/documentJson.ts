import type { ModelDocument, Origin } from './modelDocument';

/**
 * A document as a file of JSON, docs/network-json.md says what it holds. The version goes up where a reader of an earlier
 * one would misunderstand a file: a field that is new and may be left out does not count.
 */
export const documentFormat = { format: 'alexnet-inspector/network', version: 1 } as const;

/** A document as readable JSON: all but where its file lies on this machine, and the id that it has in this window. */
export function documentJson(document: ModelDocument): string {
  const { id, origin, title, description, network, preprocess, preparedFrom, ...rest } = document;
  const own = origin.kind === 'library' ? { id } : {};
  const about = { ...own, title, description, origin: withoutAddress(origin) };
  const prepared = { preprocess, ...(preparedFrom !== undefined && { preparedFrom }) };
  return `${readable({ ...documentFormat, ...about, network, ...prepared, ...rest }, '')}\n`;
}

function withoutAddress(origin: Origin): object {
  if (!('uri' in origin)) return origin;
  const { kind, name } = origin;
  return { kind, name };
}

/** Columns within which a value stays on one line. */
const columns = 100;

/** JSON with two spaces a level, of which what is short stays on one line, such as a layer or a shape. */
function readable(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  const isFolded = typeof value === 'object' && value !== null;
  if (!isFolded || indent.length + short.length <= columns) return spaced(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((each) => inner + readable(each, inner))
    : Object.entries(value).flatMap(([key, each]) =>
        each === undefined ? [] : [`${inner}${JSON.stringify(key)}: ${readable(each, inner)}`],
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** On one line, with spaces behind commas and colons; what JSON has no number for is null. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const fields = entries.map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

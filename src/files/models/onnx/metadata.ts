/** Keys under which authors keep their classes' names. */
const listKeys = ['names', 'class_names', 'labels', 'classes', 'class_labels'];

/** What a model's author wrote beside its graph: lists and objects as these, all else as text. */
export function onnxMetadata(
  entries: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...entries].map(([key, text]) => [key, valueOf(key, text)]));
}

function valueOf(key: string, text: string): unknown {
  return asJson(text) ?? asPython(text) ?? (listKeys.includes(key) ? listed(text) : text);
}

function asJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A text in Python's quotes. */
const quoted = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/.source;

/** A Python list of texts, or dict of texts by number, as Ultralytics writes `{0: 'person', 1: 'bicycle'}`. */
function asPython(text: string): unknown {
  const isDict = /^\s*\{.*\}\s*$/s.test(text);
  if (!isDict && !/^\s*\[.*\]\s*$/s.test(text)) return undefined;
  const entry = new RegExp(`${isDict ? String.raw`(\d+)\s*:\s*` : '()'}(?:${quoted})`, 'gs');
  const entries = [...text.matchAll(entry)].map(([, index = '', single, double]) => {
    const name = (single ?? double ?? '').replace(/\\(.)/gs, '$1');
    return [index, name] as const;
  });
  if (entries.length === 0) return undefined;
  return isDict ? Object.fromEntries(entries) : entries.map(([, name]) => name);
}

/** Names between line ends, or between commas where there is one line. */
function listed(text: string): readonly string[] {
  const lines = text.trim().split(/\r?\n/);
  return (lines.length > 1 ? lines : text.split(',')).map((name) => name.trim());
}

/** Columns that a list of numbers is broken at. */
const columns = 88;

/** A number as Python has it; infinities have no literal there. */
export function pythonNumber(value: number): string {
  return Number.isFinite(value)
    ? shortest(value)
    : `float("${String(value).replace('Infinity', 'inf')}")`;
}

/** Most digits that tell a float32 from its neighbours. */
const mostDigits = 9;

/** A number of float32, as files hold them, by the fewest digits that stand for it: 0.00001 for 0.000009999999747. */
function shortest(value: number): string {
  if (Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits < mostDigits; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

export function pythonTuple(values: readonly number[]): string {
  const list = values.map(pythonNumber).join(', ');
  return values.length === 1 ? `(${list},)` : `(${list})`;
}

/** One size for both axes where they are alike, as both frameworks take it. */
export function pythonPair([rows, other]: readonly [number, number]): string {
  return rows === other ? String(rows) : `(${rows}, ${other})`;
}

export function pythonBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}

/** A number, or numbers in brackets, several lines of them where there are many; of JavaScript as of Python. */
export function numbers(values: number | readonly number[]): string {
  if (typeof values === 'number') return pythonNumber(values);
  const one = `[${values.map(pythonNumber).join(', ')}]`;
  if (one.length <= columns) return one;
  const lines = [''];
  for (const value of values.map(pythonNumber)) {
    const line = lines.at(-1) ?? '';
    if (line.length + value.length < columns) lines[lines.length - 1] = `${line}${value}, `;
    else lines.push(`${value}, `);
  }
  return `[\n${lines.map((line) => `        ${line.trimEnd()}\n`).join('')}    ]`;
}

/** A call with keywords; those that are undefined are left out. */
export function pythonCall(
  name: string,
  positional: readonly string[],
  keywords: Readonly<Record<string, string | undefined>> = {},
): string {
  const named = Object.entries(keywords).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  );
  return `${name}(${[...positional, ...named].join(', ')})`;
}

/** Text of a file within a comment of one line: what is no printable ASCII might end it, or turn it round. */
export function commentText(text: string): string {
  return text.slice(0, 200).replaceAll(/[^\x20-\x7e]/g, '?');
}

/** The helpers that a text calls, and those that these call, in the order of the table. */
export function helpersIn(
  text: string,
  helpers: Readonly<Record<string, string>>,
): readonly string[] {
  const all = Object.entries(helpers);
  const found = new Set<string>();
  const read = [text];
  for (let each = read.pop(); each !== undefined; each = read.pop()) {
    for (const [name, helper] of all) {
      if (found.has(name) || !calls(each, name)) continue;
      found.add(name);
      read.push(helper);
    }
  }
  return all.flatMap(([name, helper]) => (found.has(name) ? [helper] : []));
}

function calls(text: string, name: string): boolean {
  return new RegExp(`(?<![.\\w])${name}\\(`).test(text);
}

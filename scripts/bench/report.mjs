import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { inRoot } from '../lib/root.mjs';

const [begin, end] = ['<!-- measured -->', '<!-- /measured -->'];

/** Measures of one thing that several starts made are one row; what is absent is a list of sentences. */
export function readMeasures(file) {
  const rows = new Map();
  const layers = new Map();
  const absent = [];
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const measure = JSON.parse(line);
    if (measure.absent) {
      absent.push(measure.absent);
      continue;
    }
    if (measure.layers) {
      const known = layers.get(measure.part) ?? {};
      for (const [layer, values] of Object.entries(measure.layers))
        known[layer] = [...(known[layer] ?? []), ...values];
      layers.set(measure.part, known);
      continue;
    }
    const key = `${measure.part} ${measure.name}`;
    const row = rows.get(key) ?? { ...measure, values: [] };
    row.values.push(...measure.values);
    rows.set(key, row);
  }
  return { rows: [...rows.values()], layers, absent: [...new Set(absent)] };
}

/**
 * Medians, and their ratio to the first bare forward pass of the same run, which is the fastest backend's; to the first
 * row where no such pass was measured.
 */
export function table({ rows, layers, absent }) {
  const bare = rows.find(({ name }) => name.startsWith('bare'));
  const base = bare ?? rows.find(({ unit = 'ms' }) => unit === 'ms');
  const lines = rows.map(({ part, name, unit = 'ms', values }) => {
    const middle = median(values);
    const ratio = base && unit === 'ms' ? (middle / median(base.values)).toFixed(2) : '';
    const digits = unit === '×' ? 2 : 1;
    return `| ${part} | ${name} | ${values.length} | ${middle.toFixed(digits)} ${unit} | ${ratio} |`;
  });
  return [
    `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    '',
    `| where | what | runs | median | ratio to ${bare ? 'the bare pass of ' : ''}${base?.part ?? 'nothing'} |`,
    '| --- | --- | --: | --: | --: |',
    ...lines,
    '',
    ...layerTable(layers),
    ...absent.flatMap((what) => ['', `Absent: ${what}`]),
  ].join('\n');
}

/** Medians by layer, a column for each that was measured so. */
function layerTable(layers) {
  const parts = [...layers.keys()];
  if (parts.length === 0) return [];
  const names = Object.keys(layers.get(parts[0]) ?? {});
  const cell = (part, name) => {
    const values = layers.get(part)[name];
    return values ? median(values).toFixed(2) : '';
  };
  const total = (part) =>
    Object.values(layers.get(part))
      .reduce((sum, values) => sum + median(values), 0)
      .toFixed(2);
  const row = (name, value) => `| ${name} | ${parts.map(value).join(' | ')} |`;
  return [
    row('layer, ms', (part) => part),
    row('---', () => '--:'),
    ...names.map((name) => row(name, (part) => cell(part, name))),
    row('sum', total),
  ];
}

/** Puts a table where docs/benchmarks.md has its measured part; gives the file. */
export function keepTable(text) {
  const file = inRoot('docs', 'benchmarks.md');
  const old = readFileSync(file, 'utf8');
  const [before, rest = ''] = old.split(begin);
  const after = rest.split(end)[1] ?? '\n';
  writeFileSync(file, `${before}${begin}\n\n${text}\n\n${end}${after}`);
  return file;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { inRoot } from '../lib/root.mjs';

const [begin, end] = ['<!-- measured -->', '<!-- /measured -->'];

/** Measures of one thing that several starts made are one row; what is absent is a list of sentences. */
export function readMeasures(file) {
  const rows = new Map();
  const absent = [];
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const measure = JSON.parse(line);
    if (measure.absent) {
      absent.push(measure.absent);
      continue;
    }
    const key = `${measure.part} ${measure.name}`;
    const row = rows.get(key) ?? { ...measure, values: [] };
    row.values.push(...measure.values);
    rows.set(key, row);
  }
  return { rows: [...rows.values()], absent };
}

/** Medians, and their ratio to the first bare forward pass of the same run, which is the fastest backend's. */
export function table({ rows, absent }) {
  const bare = rows.find(({ name }) => name.startsWith('bare'));
  const lines = rows.map(({ part, name, unit = 'ms', values }) => {
    const middle = median(values);
    const ratio = bare && unit === 'ms' ? (middle / median(bare.values)).toFixed(2) : '';
    return `| ${part} | ${name} | ${values.length} | ${middle.toFixed(1)} ${unit} | ${ratio} |`;
  });
  return [
    `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    '',
    `| where | what | runs | median | ratio to the bare pass of ${bare?.part ?? 'nothing'} |`,
    '| --- | --- | --: | --: | --: |',
    ...lines,
    ...absent.flatMap((what) => ['', `Absent: ${what}`]),
  ].join('\n');
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

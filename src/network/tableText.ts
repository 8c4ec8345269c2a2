import { csvField } from './csvField';
import { publicSummary, type NetworkSummary } from './summary';
import { tableColumns, type Times } from './tableColumns';

export type TableFormat = 'tsv' | 'csv' | 'markdown' | 'json';

/** The whole layer table as text: for a spreadsheet, a script, or a README. */
export function tableText(summary: NetworkSummary, times: Times, format: TableFormat): string {
  const columns = tableColumns(times);
  const rows = [
    columns.map(({ title }) => title),
    ...summary.layers.map((layer) => columns.map(({ cell }) => cell(layer, times))),
    columns.map(({ total }) => total?.(summary, times) ?? ''),
  ];
  switch (format) {
    case 'tsv':
      return rows.map((row) => row.map(ungrouped).join('\t') + '\n').join('');
    case 'csv':
      // Without totals, which a spreadsheet's sums would count twice.
      return rows
        .slice(0, -1)
        .map((row) => row.map((cell) => csvField(plain(cell))).join(',') + '\n')
        .join('');
    case 'json':
      return `${JSON.stringify(tableData(summary, times), undefined, 2)}\n`;
    case 'markdown': {
      const rule = columns.map(({ numeric }) => (numeric ? '--:' : '---'));
      const lines = [rows[0] ?? [], rule, ...rows.slice(1)];
      return lines.map((row) => `| ${row.join(' | ')} |\n`).join('');
    }
  }
}

/** In ASCII, because spreadsheets guess the encoding. */
function plain(text: string): string {
  return ungrouped(text)
    .replaceAll(' × ', 'x')
    .replace(/(?<=\d),(?=\d{3})/g, '');
}

function tableData(summary: NetworkSummary, times: Times): unknown {
  const { layers, totals } = publicSummary(summary);
  const timed = layers.map((layer) => {
    const milliseconds = times.get(layer.name);
    return milliseconds === undefined ? layer : { ...layer, milliseconds };
  });
  return { layers: timed, totals };
}

/** Drops thousands separators, which spreadsheets read in some locales only. */
function ungrouped(text: string): string {
  return /^[\d,]+$/.test(text) ? text.replaceAll(',', '') : text;
}

import type { NetworkSummary } from './summary';
import { tableColumns, type Times } from './tableColumns';

export type TableFormat = 'tsv' | 'markdown';

/** The whole layer table as text: for a spreadsheet, or for a README. */
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
    case 'markdown': {
      const rule = columns.map(({ numeric }) => (numeric ? '--:' : '---'));
      const lines = [rows[0] ?? [], rule, ...rows.slice(1)];
      return lines.map((row) => `| ${row.join(' | ')} |\n`).join('');
    }
  }
}

/** Spreadsheets read `34944` as a number everywhere, `34,944` only in some countries. */
function ungrouped(text: string): string {
  return /^[\d,]+$/.test(text) ? text.replaceAll(',', '') : text;
}

import { formatCount } from './tensor/formatCount';
import { formatShape } from './tensor/shape';
import type { LayerSummary, NetworkSummary } from './summary';

/** Milliseconds of the last run, by layer. */
export type Times = ReadonlyMap<string, number>;

/** One column of the layer table; numeric ones are right-aligned. */
export interface Column {
  readonly title: string;
  readonly numeric: boolean;
  readonly cell: (layer: LayerSummary, times: Times) => string;
  /** Undefined where a sum means nothing. */
  readonly total: ((summary: NetworkSummary, times: Times) => string) | undefined;
}

const textColumns: readonly Column[] = [
  { title: 'Layer', numeric: false, cell: ({ name }) => name, total: () => 'Total' },
  { title: 'Kind', numeric: false, cell: ({ title }) => title, total: undefined },
  {
    title: 'Input',
    numeric: true,
    cell: ({ inputShape, inputShapes }) =>
      inputShapes.length > 1 ? inputShapes.map(formatShape).join(' + ') : formatShape(inputShape),
    total: undefined,
  },
  {
    title: 'Output',
    numeric: true,
    cell: ({ outputShape }) => formatShape(outputShape),
    total: undefined,
  },
];

const sums = [
  ['Parameters', 'parameters'],
  ['Trainable', 'trainableParameters'],
  ['MACs', 'macs'],
  ['Activation bytes', 'activationBytes'],
] as const;

const sumColumns = sums.map(([title, key]): Column => ({
  title,
  numeric: true,
  cell: (layer) => formatCount(layer[key]),
  total: ({ totals }) => formatCount(totals[key]),
}));

const fieldColumn: Column = {
  title: 'Field / stride',
  numeric: true,
  cell: ({ receptiveField: { rows, columns } }) =>
    rows.size === columns.size && rows.stride === columns.stride
      ? `${rows.size} / ${rows.stride}`
      : `${rows.size} × ${columns.size} / ${rows.stride} × ${columns.stride}`,
  total: undefined,
};

const timeColumn: Column = {
  title: 'ms',
  numeric: true,
  cell: ({ name }, times) => times.get(name)?.toFixed(1) ?? '',
  total: (_, times) => [...times.values()].reduce((sum, value) => sum + value, 0).toFixed(1),
};

/** The layer table's columns; milliseconds only where there was a run. */
export function tableColumns(times: Times): readonly Column[] {
  const always = [...textColumns, ...sumColumns, fieldColumn];
  return times.size > 0 ? [...always, timeColumn] : always;
}

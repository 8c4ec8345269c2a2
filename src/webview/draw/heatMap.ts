import type { LayerRun } from '../../protocol/engineProtocol';
import { unitGrid } from './grid';
import { heatScale, type HeatScale } from './heatScale';

/** What one map shows of a layer's channels. */
export const heatModes = ['mean', 'strongest'] as const;
export type HeatMode = (typeof heatModes)[number];

/** A layer's values, arranged as they are drawn: row-major, the last row may end early. */
export interface HeatMap {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
  readonly scale: HeatScale;
  /** The channel shown; undefined for the mean and for a list of units. */
  readonly channel: number | undefined;
  readonly units: boolean;
}

const known = new WeakMap<LayerRun, Partial<Record<HeatMode, HeatMap>>>();

/** The map of a layer in a mode; worked out once per run. */
export function heatMap(run: LayerRun, mode: HeatMode): HeatMap {
  const maps = known.get(run) ?? {};
  const map = maps[mode] ?? arrange(run, mode);
  known.set(run, { ...maps, [mode]: map });
  return map;
}

function arrange(run: LayerRun, mode: HeatMode): HeatMap {
  const units = run.outputShape.length === 1;
  // A list of units has one channel: its mean is the values themselves.
  const values = mode === 'mean' || units ? run.mean : run.strongest;
  const { columns, rows } = units
    ? unitGrid(values.length)
    : { columns: run.width, rows: run.height };
  const channel = mode === 'strongest' && !units ? run.strongestChannel : undefined;
  return { columns, rows, values, scale: heatScale(values), channel, units };
}

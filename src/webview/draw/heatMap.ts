import type { LayerRun } from '../../protocol/runMaps';
import type { LayerCam } from '../../protocol/explanation';
import { unitGrid } from './grid';
import { heatScale, type HeatScale } from './heatScale';

/** What one map shows of a layer: of its channels, or what in it spoke for a class. */
export const heatModes = ['mean', 'strongest', 'gradCam'] as const;
export type HeatMode = (typeof heatModes)[number];
type ChannelMode = Exclude<HeatMode, 'gradCam'>;

export const heatTitles: Readonly<Record<HeatMode, string>> = {
  mean: 'mean',
  strongest: 'strongest',
  gradCam: 'Grad-CAM',
};

/** A layer's values, arranged as they are drawn: row-major, the last row may end early. */
export interface HeatMap {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
  readonly scale: HeatScale;
  /** The channel shown; undefined for the mean and for a list of units. */
  readonly channel: number | undefined;
  readonly units: boolean;
  /** It is no channel's, nor their mean: it says what spoke for a class. */
  readonly isCam?: true;
}

const known = new WeakMap<LayerRun, Partial<Record<ChannelMode, HeatMap>>>();
const knownCams = new WeakMap<LayerCam, HeatMap>();

/** The map of a layer in a mode; worked out once per run. */
export function heatMap(run: LayerRun, mode: ChannelMode): HeatMap {
  const maps = known.get(run) ?? {};
  const map = maps[mode] ?? arrange(run, mode);
  known.set(run, { ...maps, [mode]: map });
  return map;
}

/** Grad-CAM of a layer; worked out once. */
export function camMap(cam: LayerCam): HeatMap {
  const { shape, data: values } = cam;
  const [rows = 1, columns = 1] = shape;
  const units = shape.length === 1;
  const grid = units ? unitGrid(rows) : { rows, columns };
  const map = knownCams.get(cam) ?? {
    ...{ ...grid, values, channel: undefined, units, isCam: true as const },
    // Zero is in the middle, though nothing may have spoken against it.
    scale: { ...heatScale(values), kind: 'diverging' as const },
  };
  knownCams.set(cam, map);
  return map;
}

function arrange(run: LayerRun, mode: ChannelMode): HeatMap {
  const units = run.outputShape.length === 1;
  // A list of units has one channel: its mean is the values themselves.
  const values = mode === 'mean' || units ? run.mean : run.strongest;
  const { columns, rows } = units
    ? unitGrid(values.length)
    : { columns: run.width, rows: run.height };
  const channel = mode === 'strongest' && !units ? run.strongestChannel : undefined;
  return { columns, rows, values, scale: heatScale(values), channel, units };
}

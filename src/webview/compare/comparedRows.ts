import { formatShape, isMapShape, type Shape } from '../../network/tensor/shape';
import { diverges, type LayerComparison } from '../../protocol/comparison';
import type { RgbPicture } from '../../protocol/runMaps';
import type { RunView } from '../../protocol/panelProtocol';
import { unitGrid } from '../draw/grid';
import { camMap, heatMap, type HeatMap, type HeatMode } from '../draw/heatMap';
import { commonScale, heatScale } from '../draw/heatScale';
import { camOf, comparedCams, type CamSides } from './comparedCams';
import { formatCosine, formatCount, formatShare, formatValue } from '../draw/numberFormat';

/** One layer of two runs, as it is drawn. */
export interface ComparedRow {
  readonly name: string;
  readonly shape: string;
  /** On one scale, so that equal colours are equal values, unless `ownScales`. */
  readonly a: HeatMap | undefined;
  readonly b: HeatMap | undefined;
  readonly difference: HeatMap | undefined;
  /** One of the two is so much smaller that it would be black beside the other. */
  readonly ownScales: boolean;
  /** What the networks saw, where the layer is the input. */
  readonly seen: { readonly a: RgbPicture; readonly b: RgbPicture } | undefined;
  readonly numbers: RowNumbers | undefined;
  /** Why there are no numbers. */
  readonly note: string | undefined;
  readonly parts: boolean;
  /** Whether it is the first layer where the runs diverge. */
  readonly isFirst: boolean;
}

export interface RowNumbers {
  readonly maxAbs: string;
  readonly rmse: string;
  /** The RMSE as a part of A's RMS. */
  readonly share: string;
  /** The same from 0 to 1, for a bar. */
  readonly bar: number;
  readonly cosine: string;
}

/** Two maps get scales of their own where one's maximum is less than a tenth of the other's. */
const mostUnlike = 10;

interface ComparedRuns {
  readonly a: RunView;
  readonly b: RunView;
}

/** Gives the maps of a layer in A and in B. */
type MapsOf = (layer: string) => readonly (HeatMap | undefined)[];

/** Both runs' layers side by side, the input first; `a` is the run that was kept. */
export function comparedRows(
  layers: readonly LayerComparison[],
  { a, b }: ComparedRuns,
  mode: Exclude<HeatMode, 'gradCam'>,
): readonly ComparedRow[] {
  const mapsOf: MapsOf = (name) =>
    [a, b].map((run) => {
      const layer = run.layers.find((each) => each.name === name);
      return layer && heatMap(layer, mode);
    });
  const [input, ...rest] = rowsOf(layers, mapsOf);
  return input ? [{ ...input, seen: { a: a.seen, b: b.seen } }, ...rest] : rest;
}

/** The same of Grad-CAM: what is compared is what spoke for a class. */
export function comparedCamRows(
  layers: readonly LayerComparison[],
  sides: CamSides,
): readonly ComparedRow[] {
  const rows = rowsOf(comparedCams(layers, sides), (name) =>
    [sides.a, sides.b].map((side) => {
      const cam = camOf(side, name);
      return cam && camMap(cam);
    }),
  );
  // Where the runs part says nothing of where their reasons do: what comes later changes them all.
  return rows.map((row) => ({ ...row, isFirst: false }));
}

function rowsOf(layers: readonly LayerComparison[], mapsOf: MapsOf): readonly ComparedRow[] {
  const first = layers.find(diverges);
  return layers.map((layer) => {
    const { name, difference } = layer;
    return {
      name,
      shape: shapeWords(layer),
      ...onOneScale(mapsOf(name)),
      seen: undefined,
      difference: difference && differenceMap(difference.map, layer.a ?? []),
      numbers: difference && rowNumbers(difference),
      note: difference ? brokenWords(difference.broken) : missingWords(layer),
      parts: diverges(layer),
      isFirst: layer === first,
    };
  });
}

/** `56 × 56 × 96`, or both where they differ. */
function shapeWords({ a, b }: LayerComparison): string {
  const shapes = [a, b].flatMap((shape) => (shape ? [formatShape(shape)] : []));
  return [...new Set(shapes)].join(' | ');
}

/** Why two layers have no difference in numbers. */
export function missingWords({ a, b }: LayerComparison): string {
  if (!b) return 'only in A';
  return a ? 'shapes differ' : 'only in B';
}

function brokenWords(broken: number): string | undefined {
  return broken === 0 ? undefined : `${formatCount(broken)} NaN or infinite`;
}

function rowNumbers({
  maxAbs,
  rmse,
  rms,
  cosine,
}: NonNullable<LayerComparison['difference']>): RowNumbers {
  const share = rms > 0 ? rmse / rms : rmse > 0 ? Infinity : 0;
  return {
    maxAbs: formatValue(maxAbs),
    rmse: formatValue(rmse),
    share: shareWords(share),
    bar: Math.min(1, share),
    cosine: cosine === undefined ? '–' : formatCosine(cosine),
  };
}

function shareWords(share: number): string {
  if (share === Infinity) return '–';
  if (share >= 10) return `${formatValue(share)} ×`;
  // Below a thousandth what matters is how many zeros there are.
  return share > 0 && share < 1e-3 ? `${formatValue(100 * share)} %` : formatShare(share, 1);
}

function onOneScale(
  maps: readonly (HeatMap | undefined)[],
): Pick<ComparedRow, 'a' | 'b' | 'ownScales'> {
  const scales = maps.flatMap((map) => (map ? [map.scale] : []));
  const scale = commonScale(scales);
  const ownScales = scales.some(({ max }) => max > 0 && max * mostUnlike < scale.max);
  const [left, right] = ownScales
    ? maps
    : maps.map((map) => map && { ...map, scale: { ...map.scale, ...scale } });
  return { a: left, b: right, ownScales };
}

/** Each layer's difference has its own scale, so that the largest difference is always bright. */
function differenceMap(values: Float32Array, shape: Shape): HeatMap {
  const grid = isMapShape(shape) ? { rows: shape[0], columns: shape[1] } : unitGrid(values.length);
  const scale = heatScale(values);
  return { ...grid, values, scale, channel: undefined, units: !isMapShape(shape) };
}

import type { LayerSummary } from '../../network/summary';
import { spanLength, type Area, type Span } from '../../network/tensor/span';
import { formatCount } from '../draw/numberFormat';

/** What is pointed at, in one line. */
export const probeWords = { cell, sees, pixel };

/** `conv5 cell 7, 3 sees rows 0–162, columns 24–186 of the input`. */
function cell(
  layer: string,
  at: { readonly row: number; readonly column: number } | { readonly unit: number },
  area: Area | undefined,
): string {
  const which = 'unit' in at ? `unit ${at.unit}` : `cell ${at.row}, ${at.column}`;
  return `${layer} ${which} ${sees(area)}`;
}

/** `sees rows 0–162, columns 24–186 of the input`. */
function sees(area: Area | undefined): string {
  return area ? `sees ${areaWords(area)} of the input` : 'sees padding only';
}

/** `row 100, column 50 of the input reaches rows 4–9, columns 1–7 of conv5`. */
function pixel(
  row: number,
  column: number,
  { name, outputShape }: LayerSummary,
  reached: { readonly area: Area; readonly depth: number } | undefined,
): string {
  const where = `row ${row}, column ${column} of the input`;
  if (!reached) return `${where} reaches nothing of ${name}`;
  const { area, depth } = reached;
  if (outputShape.length === 3) return `${where} reaches ${areaWords(area)} of ${name}`;
  const units = spanLength(area.rows) * spanLength(area.columns) * depth;
  return `${where} reaches ${formatCount(units)} of the ${formatCount(outputShape[0] ?? 0)} units of ${name}`;
}

function areaWords({ rows, columns }: Area): string {
  return `${spanWords('row', rows)}, ${spanWords('column', columns)}`;
}

function spanWords(name: string, { first, last }: Span): string {
  return first === last ? `${name} ${first}` : `${name}s ${first}–${last}`;
}

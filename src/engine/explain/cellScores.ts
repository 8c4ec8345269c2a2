import type { Network } from '../../network/network';
import { receptiveFields } from '../../network/receptiveField';
import {
  explanationPlaces,
  type ExplanationMap,
  type ExplanationMethod,
  type ExplanationRecipe,
} from '../../protocol/explanation';
import { inputShape } from '../../network/inputShape';
import { mapShape } from '../../network/tensor/cell';

/** Whether a map of pixels says how strongly each one acts, for or against, rather than what it added. */
const isStrength: { readonly [M in ExplanationMethod]: boolean } = {
  saliency: true,
  gradientXInput: false,
  smoothGrad: true,
  integratedGradients: false,
  guidedBackprop: true,
  deconvnet: true,
  lrp: false,
  gradCam: false,
  gradCamPlusPlus: false,
  hiResCam: false,
  layerCam: false,
  eigenCam: false,
  scoreCam: false,
  ablationCam: false,
  occlusion: false,
};

/**
 * How important a map says the cells of a square grid over the picture are, row-major: the sum of a cell's pixels, or the
 * map's value where the cell's centre lies between the centres of what the map's own cells look at.
 */
export function cellScores(
  network: Network,
  map: ExplanationMap,
  recipe: ExplanationRecipe,
  grid: number,
): Float64Array {
  if (explanationPlaces[recipe.method] === 'pixels')
    return pixelSums(map, grid, isStrength[recipe.method]);
  const [height, width] = inputShape(network);
  const [rows, columns] = centresOf(network, recipe);
  const down = placesAmong(height, grid, rows, map.shape[0] ?? 1);
  const across = placesAmong(width, grid, columns, map.shape[1] ?? 1);
  const at = (row: number, column: number): number =>
    map.data[row * (map.shape[1] ?? 1) + column] ?? 0;
  return Float64Array.from({ length: grid * grid }, (_, cell) => {
    const [row, nextRow, below] = down[Math.floor(cell / grid)] ?? [0, 0, 0];
    const [column, nextColumn, beside] = across[cell % grid] ?? [0, 0, 0];
    const upper = at(row, column) * (1 - beside) + at(row, nextColumn) * beside;
    const lower = at(nextRow, column) * (1 - beside) + at(nextRow, nextColumn) * beside;
    return upper * (1 - below) + lower * below;
  });
}

/** Where cells of a grid begin and end along a side, in pixels. */
export function spansOf(size: number, grid: number): readonly (readonly [number, number])[] {
  return Array.from({ length: grid }, (_, cell) => [
    Math.floor((cell * size) / grid),
    Math.floor(((cell + 1) * size) / grid),
  ]);
}

function pixelSums(map: ExplanationMap, grid: number, isStrength: boolean): Float64Array {
  const [height, width, depth] = mapShape(map.shape);
  const sums = new Float64Array(grid * grid);
  for (const [row, [top, bottom]] of spansOf(height, grid).entries()) {
    for (const [column, [left, right]] of spansOf(width, grid).entries()) {
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let at = (y * width + left) * depth; at < (y * width + right) * depth; at++) {
          const value = map.data[at] ?? 0;
          sum += isStrength ? Math.abs(value) : value;
        }
      sums[row * grid + column] = sum;
    }
  }
  return sums;
}

/** The centre of what a map's first cell looks at along a side, and how far the next is from it, in pixels. */
interface Centres {
  readonly first: number;
  readonly apart: number;
}

function centresOf(network: Network, recipe: ExplanationRecipe): readonly [Centres, Centres] {
  if (recipe.method === 'occlusion') {
    const { window, stride } = recipe.settings;
    const windows = { first: (window - 1) / 2, apart: stride };
    return [windows, windows];
  }
  const field = receptiveFields(network).get(recipe.layer ?? '');
  const centre = ({ start = 0, size = 1, stride = 1 } = {}): Centres => ({
    first: start + (size - 1) / 2,
    apart: stride,
  });
  return [centre(field?.rows), centre(field?.columns)];
}

/** For each cell of the grid the map's cells around its centre, and how far it is from the first to the second. */
function placesAmong(
  size: number,
  grid: number,
  { first, apart }: Centres,
  cells: number,
): readonly (readonly [before: number, after: number, part: number])[] {
  return spansOf(size, grid).map(([begin, end]) => {
    const place = ((begin + end - 1) / 2 - first) / apart;
    const inside = Math.min(Math.max(place, 0), cells - 1);
    const before = Math.floor(inside);
    return [before, Math.min(before + 1, cells - 1), inside - before];
  });
}

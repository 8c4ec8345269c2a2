import type { LayerKind, LayerOf } from '../../src/network/layers/layer';

/** A layer's values in double precision, row-major without the batch. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type Inputs = readonly [Values, ...Values[]];
export type WeightOf = (name: string) => Float32Array;
export type Plain<K extends LayerKind> = (
  layer: LayerOf<K>,
  inputs: Inputs,
  weight: WeightOf,
) => number[];

/** Rows, columns and channels, in the order of memory; a list is one cell. */
export function cells(shape: readonly number[]): readonly [number, number, number][] {
  const [height, width, channels] = mapOf(shape);
  return range(height!).flatMap((y) =>
    range(width!).flatMap((x) => range(channels!).map((c): [number, number, number] => [y, x, c])),
  );
}

/** Undefined where there is no such cell. */
export function at({ shape, data }: Values, y: number, x: number, c: number): number | undefined {
  const [height, width, channels] = mapOf(shape);
  const isInside = y >= 0 && x >= 0 && y < height! && x < width!;
  return isInside ? data[(y * width! + x) * channels! + c] : undefined;
}

/** A value of an input whose axes of 1 are repeated. */
export function spread(input: Values, y: number, x: number, c: number): number {
  const [height, width, channels] = mapOf(input.shape);
  return at(input, y % height!, x % width!, c % channels!)!;
}

export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0);
}

export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function mapOf(shape: readonly number[]): readonly number[] {
  return shape.length === 3 ? shape : [1, 1, shape.reduce((product, size) => product * size, 1)];
}

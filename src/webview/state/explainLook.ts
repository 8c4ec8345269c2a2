import {
  explanationMethods,
  type ExplanationMethod,
  type UnitTarget,
} from '../../protocol/explanation';

/** How maps of pixels are drawn: summed over squares as large as a cell of the last convolution, or each pixel alone. */
export const pixelGrains = ['squares', 'pixels'] as const;
export type PixelGrain = (typeof pixelGrains)[number];

/**
 * What the colours' scale is shared by: maps of any class by one method, or all maps in logits, on which a method whose
 * numbers are small is pale.
 */
export const mapScales = ['method', 'all'] as const;
export type MapScale = (typeof mapScales)[number];

/** What erased pixels become: zero of the network's own input, or the picture's mean colour. */
export const eraserFills = ['zero', 'mean'] as const;
export type EraserFill = (typeof eraserFills)[number];

export const leastBrush = 4;
export const largestBrush = 96;

/** What is explained and how it is looked at. */
export interface ExplainLook {
  /** Index of the class; undefined: the one that is most probable. */
  readonly target: number | undefined;
  /** Why the target and not this class. */
  readonly minus: number | undefined;
  /** What is asked about in place of a class; the network may not have it. */
  readonly unit: UnitTarget | undefined;
  readonly method: ExplanationMethod;
  /** Undefined: the last convolution. */
  readonly layer: string | undefined;
  /** Of the map over the picture, from 0 to 1. */
  readonly opacity: number;
  /** The share of the scale, from 0 to 1, below which nothing is drawn. */
  readonly threshold: number;
  readonly grain: PixelGrain;
  readonly scale: MapScale;
  /** The eraser is in the place of the map. */
  readonly erasing: boolean;
  /** The side of its square, in pixels of the network's input. */
  readonly brush: number;
  readonly fill: EraserFill;
}

export const firstExplainLook: ExplainLook = {
  target: undefined,
  minus: undefined,
  unit: undefined,
  method: 'gradCam',
  layer: undefined,
  opacity: 0.85,
  threshold: 0,
  grain: 'squares',
  scale: 'method',
  erasing: false,
  brush: 32,
  fill: 'zero',
};

/** Why a class: of what is asked about only what changes. */
export function askOf(target: number): Pick<ExplainLook, 'target' | 'minus' | 'unit'> {
  return { target, minus: undefined, unit: undefined };
}

/** Reads what an earlier session kept: how maps are looked at, and of which unit. The class is the top one again. */
export function readExplainLook(saved: unknown): ExplainLook {
  if (typeof saved !== 'object' || saved === null) return firstExplainLook;
  const { method, opacity, threshold, grain, scale, brush, fill, unit } = saved as Readonly<
    Record<string, unknown>
  >;
  return {
    ...firstExplainLook,
    unit: readUnit(unit),
    method: explanationMethods.find((id) => id === method) ?? firstExplainLook.method,
    opacity: shareOr(opacity, firstExplainLook.opacity),
    threshold: shareOr(threshold, firstExplainLook.threshold),
    grain: pixelGrains.find((id) => id === grain) ?? firstExplainLook.grain,
    scale: mapScales.find((id) => id === scale) ?? firstExplainLook.scale,
    brush: isBrush(brush) ? brush : firstExplainLook.brush,
    fill: eraserFills.find((id) => id === fill) ?? firstExplainLook.fill,
  };
}

function readUnit(saved: unknown): UnitTarget | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { layer, unit, channel } = saved as Readonly<Record<string, unknown>>;
  if (typeof layer !== 'string') return undefined;
  if (isIndex(channel)) return { layer, channel };
  const [row, column, at] = Array.isArray(unit) ? (unit as readonly unknown[]) : [];
  return isIndex(row) && isIndex(column) && isIndex(at)
    ? { layer, unit: [row, column, at] }
    : undefined;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isBrush(saved: unknown): saved is number {
  return isIndex(saved) && saved >= leastBrush && saved <= largestBrush;
}

function shareOr(saved: unknown, first: number): number {
  return typeof saved === 'number' && saved >= 0 && saved <= 1 ? saved : first;
}

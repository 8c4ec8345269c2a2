import { explanationMethods, type ExplanationMethod } from '../../protocol/explanation';

/** How maps of pixels are drawn: summed over squares as large as a cell of the last convolution, or each pixel alone. */
export const pixelGrains = ['squares', 'pixels'] as const;
export type PixelGrain = (typeof pixelGrains)[number];

/**
 * What the colours' scale is shared by: maps of any class by one method, or all maps in logits, on which a method whose
 * numbers are small is pale.
 */
export const mapScales = ['method', 'all'] as const;
export type MapScale = (typeof mapScales)[number];

/** What is explained and how it is looked at. */
export interface ExplainLook {
  /** Index of the class; undefined: the one that is most probable. */
  readonly target: number | undefined;
  /** Why the target and not this class. */
  readonly minus: number | undefined;
  readonly method: ExplanationMethod;
  /** Undefined: the last convolution. */
  readonly layer: string | undefined;
  /** Of the map over the picture, from 0 to 1. */
  readonly opacity: number;
  /** The share of the scale, from 0 to 1, below which nothing is drawn. */
  readonly threshold: number;
  readonly grain: PixelGrain;
  readonly scale: MapScale;
}

export const firstExplainLook: ExplainLook = {
  target: undefined,
  minus: undefined,
  method: 'gradCam',
  layer: undefined,
  opacity: 0.85,
  threshold: 0,
  grain: 'squares',
  scale: 'method',
};

/** Reads what an earlier session kept: how maps are looked at. What was asked then is asked anew. */
export function readExplainLook(saved: unknown): ExplainLook {
  if (typeof saved !== 'object' || saved === null) return firstExplainLook;
  const { method, opacity, threshold, grain, scale } = saved as Readonly<Record<string, unknown>>;
  return {
    ...firstExplainLook,
    method: explanationMethods.find((id) => id === method) ?? firstExplainLook.method,
    opacity: shareOr(opacity, firstExplainLook.opacity),
    threshold: shareOr(threshold, firstExplainLook.threshold),
    grain: pixelGrains.find((id) => id === grain) ?? firstExplainLook.grain,
    scale: mapScales.find((id) => id === scale) ?? firstExplainLook.scale,
  };
}

function shareOr(saved: unknown, first: number): number {
  return typeof saved === 'number' && saved >= 0 && saved <= 1 ? saved : first;
}

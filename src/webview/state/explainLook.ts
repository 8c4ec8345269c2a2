import {
  explanationMethods,
  type ExplanationMethod,
  type ExplanationSettings,
  type UnitTarget,
} from '../../protocol/explanation';
import { sanityMethods } from '../../protocol/sanityCheck';
import { settingRules, type SettingRule } from '../../protocol/settingRules';

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

/** What the table of methods is sorted by; `usual`: by what they do, what takes longest last. */
export const methodSorts = ['usual', 'method', 'deletion', 'insertion', 'time'] as const;
export type MethodSort = (typeof methodSorts)[number];

/** The settings of methods that a person changed. */
export type ChangedSettings = {
  readonly [M in ExplanationMethod]?: Partial<ExplanationSettings[M]>;
};

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
  readonly settings: ChangedSettings;
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
  readonly sort: MethodSort;
  readonly descending: boolean;
  /** Which methods are put to the test with random layers. */
  readonly tested: readonly ExplanationMethod[];
}

export const firstExplainLook: ExplainLook = {
  target: undefined,
  minus: undefined,
  unit: undefined,
  method: 'gradCam',
  layer: undefined,
  settings: {},
  opacity: 0.85,
  threshold: 0,
  grain: 'squares',
  scale: 'method',
  erasing: false,
  brush: 32,
  fill: 'zero',
  sort: 'usual',
  descending: false,
  tested: sanityMethods,
};

/** Why a class, or the one that is most probable: of what is asked about only what changes. */
export function askOf(target: number | undefined): Pick<ExplainLook, 'target' | 'minus' | 'unit'> {
  return { target, minus: undefined, unit: undefined };
}

/** Reads what an earlier session kept: how maps are looked at, and of which unit. The class is the top one again. */
export function readExplainLook(saved: unknown): ExplainLook {
  if (typeof saved !== 'object' || saved === null) return firstExplainLook;
  const { method, settings, opacity, threshold, grain, scale, sort, descending, tested } =
    saved as Readonly<Record<string, unknown>>;
  const { brush, fill, unit } = saved as Readonly<Record<string, unknown>>;
  return {
    ...firstExplainLook,
    unit: readUnit(unit),
    method: explanationMethods.find((id) => id === method) ?? firstExplainLook.method,
    settings: readSettings(settings),
    opacity: shareOr(opacity, firstExplainLook.opacity),
    threshold: shareOr(threshold, firstExplainLook.threshold),
    grain: pixelGrains.find((id) => id === grain) ?? firstExplainLook.grain,
    scale: mapScales.find((id) => id === scale) ?? firstExplainLook.scale,
    brush: isBrush(brush) ? brush : firstExplainLook.brush,
    fill: eraserFills.find((id) => id === fill) ?? firstExplainLook.fill,
    sort: methodSorts.find((id) => id === sort) ?? firstExplainLook.sort,
    descending: descending === true,
    tested: readTested(tested),
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

/** Those that methods still have and allow; runs of before are gone, and so are baselines that were their pictures. */
function readSettings(saved: unknown): ChangedSettings {
  if (typeof saved !== 'object' || saved === null) return {};
  const kept = explanationMethods.flatMap((method) => {
    const rules = Object.entries<SettingRule>(settingRules[method]);
    const given = (saved as Readonly<Record<string, unknown>>)[method];
    const of = (typeof given === 'object' && given !== null ? given : {}) as Readonly<
      Record<string, unknown>
    >;
    const values = rules
      .map(([name, rule]) => [name, of[name], rule] as const)
      .filter(([, value, rule]) => rule.allows(value) && !isOfRun(value));
    return values.length === 0
      ? []
      : [[method, Object.fromEntries(values.map(([name, value]) => [name, value]))] as const];
  });
  return Object.fromEntries(kept);
}

function isOfRun(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'runId' in value;
}

function readTested(saved: unknown): readonly ExplanationMethod[] {
  const tested = (Array.isArray(saved) ? saved : []).flatMap(
    (each: unknown) => explanationMethods.find((method) => method === each) ?? [],
  );
  return tested.length > 0 ? tested : firstExplainLook.tested;
}

function shareOr(saved: unknown, first: number): number {
  return typeof saved === 'number' && saved >= 0 && saved <= 1 ? saved : first;
}

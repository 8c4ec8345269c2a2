import type { Layer, WeightSpec } from '../../network/layers/layer';
import { classCount } from '../../network/classCount';
import type { Network } from '../../network/network';
import type { Shape } from '../../network/tensor/shape';
import { nameHint } from './nameHint';
import type { NameHint } from './nameHint';
import { weightKey } from './networkWeights';
import type { Layout, TensorInFile } from '../tensors/tensorFile';
import { layoutsOf, shapeIn } from './weightLayout';

/** A tensor's name and shape in a file, known before its values are read, and its place in a graph where it has one. */
export type FoundTensor = Pick<TensorInFile, 'name' | 'shape' | 'place'>;

/** A weight of the network, and the tensor of the file that holds its values. */
export interface Assigned {
  readonly layer: Layer;
  readonly spec: WeightSpec;
  readonly tensor: FoundTensor;
  /** The layouts that its shape allows: both where the shape does not tell. */
  readonly layouts: readonly Layout[];
}

export interface Assignment {
  readonly weights: readonly Assigned[];
  /** Tensors that belong to no layer, but hold nothing that a layer could have had. */
  readonly spare: readonly FoundTensor[];
  /** Why the file does not fit, in one sentence; undefined where it fits. */
  readonly problem?: string;
}

interface Hinted {
  readonly tensor: FoundTensor;
  readonly hint: NameHint;
}

/** The tensors of one module of a file, in the file's order. */
type Group = readonly Hinted[];

/** Assigns a file's tensor to every weight of a network: by name where names are telling, else by order and shape. */
export function assignTensors(network: Network, found: readonly FoundTensor[]): Assignment {
  const names = new Set(network.layers.map(({ name }) => name));
  const hinted = found.map((tensor) => ({ tensor, hint: known(hintOf(tensor), names) }));
  const byModule = assignGroups(network, groupsOf(hinted));
  if (byModule.problem === undefined) return byModule;
  // A name that tells no module, such as arr_0, is a group of its own.
  const silent = hinted.every(({ hint }) => hint.layer === undefined && hint.weights === undefined);
  if (!silent) return byModule;
  const inOrder = assignInOrder(network, hinted);
  return inOrder.problem === undefined ? inOrder : byModule;
}

/** Of a layer's tensors in a graph, the name of the first counts: one list may serve several layers, under one name. */
function hintOf({ name, place }: FoundTensor): NameHint {
  const { layer, ...hint } = nameHint(name);
  if (!place) return { ...hint, ...(layer !== undefined && { layer }) };
  const { layer: module, kind, weight } = place;
  const isFirst = weight === 'kernel' || weight === 'gamma';
  return { module, kind, weights: [weight], ...(isFirst && layer !== undefined && { layer }) };
}

/** Of a layer that this network does not have, only the kind is used. */
function known({ layer, ...rest }: NameHint, names: ReadonlySet<string>): NameHint {
  return layer !== undefined && names.has(layer) ? { ...rest, layer } : rest;
}

function groupsOf(hinted: readonly Hinted[]): Group[] {
  const groups = new Map<string, Hinted[]>();
  for (const one of hinted) {
    const group = groups.get(one.hint.module);
    if (group) group.push(one);
    else groups.set(one.hint.module, [one]);
  }
  return [...groups].sort(([a], [b]) => inModelOrder(a, b)).map(([, group]) => group);
}

/** Sorts PyTorch's modules by number, as some files sort them as text (features.10 before features.3). */
function inModelOrder(a: string, b: string): number {
  const [before, after] = [/^(.*\.)?(\d+)$/.exec(a), /^(.*\.)?(\d+)$/.exec(b)];
  if (!before || !after || before[1] !== after[1]) return 0;
  return Number(before[2]) - Number(after[2]);
}

function assignGroups(network: Network, groups: readonly Group[]): Assignment {
  const unused = [...groups];
  const weights: Assigned[] = [];
  let problem: string | undefined;
  for (const layer of network.layers) {
    if (layer.weights.length === 0) continue;
    const at = unused.findIndex((group) => fit(layer, group)?.length === group.length);
    const taken = at < 0 ? undefined : unused.splice(at, 1)[0];
    if (taken) weights.push(...(fit(layer, taken) ?? []));
    else problem ??= whyNot(layer, unused);
  }
  const spare = unused.flat().filter((one) => isSpare(network, one));
  const left = unused.flat().find((one) => !spare.includes(one));
  if (left) problem ??= `${left.tensor.name} belongs to no layer of this network`;
  return {
    weights,
    spare: spare.map(({ tensor }) => tensor),
    ...(problem === undefined ? {} : { problem }),
  };
}

function assignInOrder(network: Network, hinted: readonly Hinted[]): Assignment {
  let unused = hinted;
  const weights: Assigned[] = [];
  for (const layer of network.layers) {
    const fitting = fit(layer, unused);
    if (!fitting) return { weights, spare: [], problem: whyNot(layer, [unused]) };
    weights.push(...fitting);
    unused = unused.filter(({ tensor }) => !fitting.some((one) => one.tensor === tensor));
  }
  const [left] = unused;
  if (!left) return { weights, spare: [] };
  return { weights, spare: [], problem: `${left.tensor.name} belongs to no layer of this network` };
}

/** What a picture is normalised by has a value for each colour. */
const colours = 3;

/**
 * Whether a tensor can be left out without another answer: a loss's weights by class, or what pictures are normalised by,
 * under a name that speaks of no layer. Anything else may be a layer that this network does not have.
 */
function isSpare(network: Network, { tensor: { shape }, hint }: Hinted): boolean {
  const { module, layer, kind, weights } = hint;
  const ofNorm = weights !== undefined && !weights.includes('kernel') && !weights.includes('bias');
  if (layer !== undefined || kind !== undefined || ofNorm || /(^|[._])\d+$/.test(module))
    return false;
  const axes = shape.filter((size) => size !== 1);
  const [size = 1] = axes;
  return axes.length <= 1 && [1, colours, classCount(network)].includes(size);
}

/** A group's tensors for all weights of a layer; undefined where one is missing. */
function fit(layer: Layer, group: Group): readonly Assigned[] | undefined {
  const unused = [...group];
  const fitting: Assigned[] = [];
  for (const spec of layer.weights) {
    const at = unused.findIndex(
      ({ tensor, hint }) => mayBe(hint, layer, spec) && layoutsFor(spec, tensor).length > 0,
    );
    const [taken] = at < 0 ? [] : unused.splice(at, 1);
    if (!taken) return undefined;
    const { tensor } = taken;
    fitting.push({ layer, spec, tensor, layouts: layoutsFor(spec, tensor) });
  }
  return fitting;
}

function layoutsFor(spec: WeightSpec, { shape, place }: FoundTensor): readonly Layout[] {
  return layoutsOf(spec, shape).filter((layout) => (place?.layout ?? layout) === layout);
}

function mayBe({ layer: named, kind, weights }: NameHint, layer: Layer, spec: WeightSpec): boolean {
  return (
    (named === undefined || named === layer.name) &&
    (kind === undefined || kind === layer.kind) &&
    (weights?.includes(spec.name) ?? true)
  );
}

/** The sentence that names the tensor that should have been this layer's, and what was expected of it. */
function whyNot(layer: Layer, groups: readonly Group[]): string {
  const named = groups.find((group) => group.some(({ hint }) => hint.layer === layer.name));
  const group = named ?? groups.find((candidate) => resembles(layer, candidate)) ?? [];
  for (const spec of layer.weights) {
    const ranked = group.filter(({ tensor }) => tensor.shape.length === spec.shape.length);
    const own = ranked.filter(({ hint }) => mayBe(hint, layer, spec));
    if (own.some(({ tensor }) => layoutsFor(spec, tensor).length > 0)) continue;
    const [wrong] = own;
    if (!wrong) return missing(layer, spec, groups);
    const { name, shape } = wrong.tensor;
    return `${name} has shape [${shape.join(', ')}], expected [${nearest(spec, shape).join(', ')}]`;
  }
  const extra = group.slice(layer.weights.length)[0];
  return extra
    ? `${extra.tensor.name} belongs to no layer of this network`
    : missing(layer, layer.weights[0], groups);
}

/** Whether a group whose name tells no layer has the ranks of this layer's weights. */
function resembles(layer: Layer, group: Group): boolean {
  const ranks = (shapes: readonly Shape[]): string =>
    shapes
      .map(({ length }) => length)
      .sort()
      .join();
  return (
    group.every(({ hint }) => hint.layer === undefined) &&
    ranks(layer.weights.map(({ shape }) => shape)) ===
      ranks(group.map(({ tensor }) => tensor.shape))
  );
}

function missing(layer: Layer, spec: WeightSpec | undefined, groups: readonly Group[]): string {
  if (!spec) return `${layer.name} has no weights`;
  const names = groups.flat().map(({ tensor }) => tensor.name);
  const some = names.slice(0, 3).join(', ') || 'nothing more';
  const shape = spec.shape.join(', ');
  return `${weightKey(layer.name, spec.name)} is missing: expected shape [${shape}], the file holds ${some}`;
}

/** The layout in which more sizes agree. */
function nearest(spec: WeightSpec, shape: Shape): Shape {
  const right = (layout: Layout): number =>
    shapeIn(layout, spec).filter((size, axis) => size === shape[axis]).length;
  return shapeIn(
    right('outputs first') > right('outputs last') ? 'outputs first' : 'outputs last',
    spec,
  );
}

import type { Shape } from '../../../network/tensor/shape';
import type { GraphEnd, GraphNode, OnnxModel } from './graph/onnxModel';
import { channelsFirst, channelsLast, usualAxes } from './values/value';

/** An input of a graph, and where its axes are in the network. */
export interface GraphInput {
  readonly name: string;
  /** With a batch of one; undefined where the file says nothing of its shape. */
  readonly dims: Shape | undefined;
  readonly axes: readonly number[];
  /** Whether the file leaves height or width open. */
  readonly isOpen: boolean;
}

export interface GraphInputs {
  readonly inputs: readonly GraphInput[];
  /** The batch that the file was written for. */
  readonly batch: number;
}

/** Operators whose first axis is a batch, whatever it is called. */
const batchOps = new Set(
  'Conv ConvTranspose QLinearConv MaxPool AveragePool GlobalAveragePool GlobalMaxPool LpPool LRN BatchNormalization InstanceNormalization GroupNormalization Gemm DepthToSpace SpaceToDepth'.split(
    ' ',
  ),
);
/** Operators that change pictures, or whatever has four axes. */
const pictureOps = new Set(['Pad', 'Resize', 'Upsample']);
const colours = 3;
/** Most channels of a picture: with transparency. */
const mostColours = 4;

/** The inputs of a graph that no constant stands for; `size` is what the file leaves open. */
export function graphInputs(
  { inputs, tensors, nodes }: OnnxModel,
  users: ReadonlyMap<string, readonly GraphNode[]>,
  size: readonly [height: number, width: number],
): GraphInputs {
  const own = inputs.filter(({ name }) => !tensors.has(name));
  const isPicture = own.some(({ dims }) => dims?.length === 4);
  const isBatched = nodes.some(
    ({ op, attributes }) =>
      (batchOps.has(op) && !attributes.get('transA')?.number) || (isPicture && pictureOps.has(op)),
  );
  const [first] = own;
  const given = isBatched ? (first?.dims?.[0] ?? 1) : 1;
  const read = own.map((input) =>
    graphInput(input, users.get(input.name) ?? [], { isBatched, size }),
  );
  return { inputs: read, batch: Math.max(1, given) };
}

function graphInput(
  { name, dims: stated }: GraphEnd,
  users: readonly GraphNode[],
  { isBatched, size }: { readonly isBatched: boolean; readonly size: readonly [number, number] },
): GraphInput {
  if (!stated) return { name, dims: undefined, axes: [], isOpen: false };
  const [first, ...others] = stated;
  const hasBatch = stated.length > 1 && (isBatched || first === undefined || first === 1);
  const dims = hasBatch ? [1, ...others] : stated;
  if (dims.length === 4 && hasBatch) return picture(name, dims, users, size);
  const known = dims.map((axis) => axis ?? 1);
  if (dims.length === 3 && hasBatch && isBatched) {
    return { name, dims: known, axes: channelsFirst.signal, isOpen: false };
  }
  // One picture without a batch.
  const isPicture =
    known.length === 3 && isColours(known[0]) && known.slice(1).every((side) => side > mostColours);
  const axes = hasBatch ? usualAxes(known, channelsFirst) : known.map((_, axis) => axis);
  return { name, dims: known, axes: isPicture && !hasBatch ? [1, 2, 0] : axes, isOpen: false };
}

function isColours(channels: number | undefined): boolean {
  return channels === 1 || channels === colours;
}

function picture(
  name: string,
  dims: readonly (number | undefined)[],
  users: readonly GraphNode[],
  size: readonly [number, number],
): GraphInput {
  const isLast = isChannelsLast(dims, users);
  const axes = (isLast ? channelsLast : channelsFirst).map;
  const standing = [...size, colours];
  const known = dims.map((axis, at) => axis ?? standing[axes.indexOf(at)] ?? 1);
  const isOpen = axes.slice(0, 2).some((axis) => dims[axis] === undefined);
  return { name, dims: known, axes, isOpen };
}

/** Exporters of TensorFlow turn pictures first, or pictures have as many channels as colours in the last place only. */
function isChannelsLast(
  [, second, , last]: readonly (number | undefined)[],
  users: readonly GraphNode[],
): boolean {
  const turn = users.find(({ op }) => op === 'Transpose')?.attributes.get('perm')?.numbers;
  if (turn?.join() === '0,3,1,2') return true;
  return second !== undefined && second > mostColours && isColours(last);
}

import { NetworkError } from '../../../../network/tensor/networkError';
import type { Pads } from '../../../../network/tensor/window';
import { paddedMap } from '../../onnx/operators/padding';
import { resized } from '../../onnx/operators/resizing';
import { mapInput } from '../../onnx/values/arranging';
import { dimsWords, type TensorValue, transposedValue } from '../../onnx/values/value';
import type { TfOperation, TfOperator } from './tfOperation';

/** Pad and PadV2 with a number, which is the third input of the latter. */
export const pad: TfOperator = (operation) => {
  const [fill = 0] = operation.has(2) ? operation.values(2, 'value') : [];
  return padded(operation, fill);
};

/** With the map's own cells; those of SYMMETRIC, which repeats the edge, are known for one cell only. */
export const mirrorPad: TfOperator = (operation) => {
  const mode = operation.text('mode', 'REFLECT');
  if (mode === 'REFLECT') return padded(operation, 'reflect');
  if (
    spatialPads(operation)
      .flat()
      .every((size) => size <= 1)
  )
    return padded(operation, 'edge');
  throw new NetworkError(`MirrorPad has the mode ${mode}, which is not known here`);
};

function padded(operation: TfOperation, fill: number | 'reflect' | 'edge'): TensorValue {
  return paddedMap(operation, mapInput(operation), spatialPads(operation), fill);
}

function spatialPads(operation: TfOperation): Pads {
  const pads = operation.values(1, 'pads');
  const { dims } = operation.tensor(0);
  const [batchBefore, batchAfter, ...others] = pads;
  const spatial = others.slice(0, -2);
  const isOther = [batchBefore, batchAfter, ...others.slice(-2)].some((size) => size !== 0);
  if (isOther || pads.length !== 2 * dims.length) {
    throw new NetworkError(`pads ${pads.join(', ')} of ${dimsWords(dims)} are not known here`);
  }
  const [top = 0, bottom = 0, left = 0, right = 0] =
    spatial.length === 2 ? [0, 0, ...spatial] : spatial;
  return [
    [top, bottom],
    [left, right],
  ];
}

/** ResizeBilinear and ResizeNearestNeighbor, whose corners, middles or first cells lie over each other. */
export function resize(mode: 'linear' | 'nearest'): TfOperator {
  return (operation) => {
    const x = mapInput(operation);
    const [height = 1, width = 1] = x.layer.outputShape;
    const [rows = NaN, columns = NaN] = operation.values(1, 'size');
    const isHalf = operation.flag('half_pixel_centers', false);
    const isCorners = operation.flag('align_corners', false);
    const way = {
      ...{ mode, excludesOutside: false, isAntialiased: false, outside: 0, cubic: -0.75 },
      coordinates: isCorners ? 'align_corners' : isHalf ? 'half_pixel' : 'asymmetric',
      nearest: isCorners || isHalf ? 'round_prefer_ceil' : 'floor',
    };
    return resized(operation, x, way, {
      size: [rows, columns],
      scale: [rows / height, columns / width],
      roi: [
        [0, 1],
        [0, 1],
      ],
    });
  };
}

/** Blocks of channels become cells, as ONNX has them with its channels first. */
export const depthToSpace: TfOperator = (operation) => {
  const turned = transposedValue(operation.tensor(0), [0, 3, 1, 2]);
  const made = operation.one('DepthToSpace', [turned], {
    blocksize: operation.number('block_size', 1),
  });
  return made.kind === 'tensor' ? transposedValue(made, [0, 2, 3, 1]) : made;
};

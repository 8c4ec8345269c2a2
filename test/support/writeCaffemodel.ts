import { double, float, message, number, packed, packedFixed, text } from './protobuf';

/** A layer of a net, in any of Caffe's forms. */
export interface CaffeLayer {
  readonly name: string;
  /** V2's name of the type. */
  readonly type: keyof typeof v1Types;
  /** BlobProtos' contents. */
  readonly blobs?: readonly Buffer[];
  /** LRNParameter's content. */
  readonly norm?: Buffer;
}

/** V1LayerParameter.LayerType. */
const v1Types = { Convolution: 4, Data: 5, Dropout: 6, InnerProduct: 14, LRN: 15, Pooling: 17, ReLU: 18, SoftmaxWithLoss: 21 }; // prettier-ignore

/** V0LayerParameter's names of types. */
const v0Types: Readonly<Record<CaffeLayer['type'], string>> = { Convolution: 'conv', Data: 'data', Dropout: 'dropout', InnerProduct: 'innerproduct', LRN: 'lrn', Pooling: 'pool', ReLU: 'relu', SoftmaxWithLoss: 'softmax_loss' }; // prettier-ignore

/** `layers` of 2013: a V0LayerParameter inside each, with `outside` beside it. */
export function writeV0(layers: readonly CaffeLayer[], ...outside: readonly Buffer[]): Buffer {
  const written = layers.map(({ name, type, blobs = [], norm }) =>
    message(
      2,
      message(
        1,
        text(1, name),
        text(2, v0Types[type]),
        ...(norm ? [number(13, 5), float(14, 1e-4), float(15, 0.75)] : []),
        ...blobs.map((blob) => message(50, blob)),
        ...blobs.map(() => float(51, 1)),
      ),
      text(2, 'bottom'),
      text(3, name),
      ...outside,
    ),
  );
  return Buffer.concat([text(1, 'CaffeNet'), ...written, text(3, 'data'), number(4, 10)]);
}

/** `layers` of 2014: V1LayerParameter. */
export function writeV1(layers: readonly CaffeLayer[]): Buffer {
  const written = layers.map(({ name, type, blobs = [], norm }) =>
    message(
      2,
      text(2, 'bottom'),
      text(3, name),
      text(4, name),
      number(5, v1Types[type]),
      ...blobs.map((blob) => message(6, blob)),
      float(7, 1),
      ...(norm ? [message(18, norm)] : []),
    ),
  );
  return Buffer.concat([text(1, 'AlexNet'), ...written, text(3, 'data'), number(4, 10)]);
}

/** `layer` since 2014: LayerParameter. */
export function writeV2(layers: readonly CaffeLayer[]): Buffer {
  const written = layers.map(({ name, type, blobs = [], norm }) =>
    message(
      100,
      text(1, name),
      text(2, type),
      text(3, 'bottom'),
      text(4, name),
      message(6, float(3, 1)),
      ...blobs.map((blob) => message(7, blob)),
      number(10, 0),
      ...(norm ? [message(118, norm)] : []),
    ),
  );
  return Buffer.concat([text(1, 'AlexNet'), ...written]);
}

export const normParameter = (alpha = 1e-4): Buffer =>
  Buffer.concat([number(1, 5), float(2, alpha), float(3, 0.75)]);

/** num, channels, height, width, as a blob had them before it had a shape. */
export function oldShape(...dims: readonly number[]): Buffer {
  return Buffer.concat(dims.map((dim, i) => number(i + 1, dim)));
}

export function shape(...dims: readonly number[]): Buffer {
  return message(7, packed(1, dims));
}

/** The ways to write a blob's values. */
export const blobValues = {
  packed: (values: readonly number[]) => packedFixed(5, Float32Array.from(values)),
  'one by one': (values: readonly number[]) => Buffer.concat(values.map((v) => float(5, v))),
  doubles: (values: readonly number[]) => packedFixed(8, Float64Array.from(values)),
  'doubles one by one': (values: readonly number[]) =>
    Buffer.concat(values.map((v) => double(8, v))),
  'after gradients': (values: readonly number[]) =>
    Buffer.concat([packedFixed(6, new Float32Array(3)), packedFixed(5, Float32Array.from(values))]),
} as const;

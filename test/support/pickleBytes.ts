/** Pickles by hand: every function gives the bytes that push one value. */
const le = (bytes: number, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};

export const op = (...codes: (string | number)[]): Buffer =>
  Buffer.concat(codes.map((code) => Buffer.from(typeof code === 'string' ? code : [code])));

export const text = (value: string): Buffer =>
  Buffer.concat([op('X'), le(4, Buffer.byteLength(value)), Buffer.from(value)]);

export const int = (value: number): Buffer =>
  value < 2 ** 31
    ? Buffer.concat([op('J'), le(4, value)])
    : Buffer.concat([op(0x8a, 6), le(6, value)]);

export const global = (module: string, name: string): Buffer => op('c', `${module}\n${name}\n`);

export const tuple = (...items: Buffer[]): Buffer => Buffer.concat([op('('), ...items, op('t')]);

export const dict = (...items: Buffer[]): Buffer => Buffer.concat([op('}('), ...items, op('u')]);

export const call = (called: Buffer, ...args: Buffer[]): Buffer =>
  Buffer.concat([called, tuple(...args), op('R')]);

/** A whole pickle of protocol 2. */
export const pickle = (...parts: Buffer[]): Buffer =>
  Buffer.concat([op(0x80, 2), ...parts, op('.')]);

/** What makes a tensor of PyTorch; each part can be made wrong. */
export interface PickledTensor {
  readonly type?: string;
  readonly key?: string;
  readonly length?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
}

export function tensor({
  type = 'FloatStorage',
  key = '0',
  length = 6,
  offset = 0,
  shape = [2, 3],
  strides = [3, 1],
}: PickledTensor = {}): Buffer {
  const storage = tuple(
    text('storage'),
    global('torch', type),
    text(key),
    text('cpu'),
    int(length),
  );
  return call(
    global('torch._utils', '_rebuild_tensor_v2'),
    Buffer.concat([storage, op('Q')]),
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    op(0x89),
    call(global('collections', 'OrderedDict')),
  );
}

import { strict as assert } from 'node:assert';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { fitPlace } from '../../../src/network/preprocess/fitPlace';
import type { Fit } from '../../../src/network/preprocess/preprocess';
import {
  adaptiveAveragePool2d,
  conv2d,
  dense,
  flatten,
  input,
  maxPool2d,
  model,
} from '../../../src/network/functional';
import type { Layer } from '../../../src/network/layers/layer';
import { type Network } from '../../../src/network/network';
import { inputSize } from '../../../src/network/inputShape';
import { Sight } from '../../../src/network/sight';
import type { Span } from '../../../src/network/tensor/span';
import { preprocess } from '../../../src/imaging/preprocess';

/** Along one axis and by single cells, straight from the definition of each kind of layer. */
function pixelsSeen(network: Network, side: number): ReadonlyMap<string, readonly Set<number>[]> {
  const seen = new Map<string, readonly Set<number>[]>();
  for (const layer of network.layers) {
    const before = seen.get(layer.inputs[0] ?? '');
    const pixels = Array.from({ length: side }, (_, pixel) => new Set([pixel]));
    seen.set(layer.name, before ? cells(layer, before) : pixels);
  }
  return seen;
}

function cells(layer: Layer, before: readonly Set<number>[]): readonly Set<number>[] {
  const length = layer.outputShape.length === 3 ? layer.outputShape[0]! : undefined;
  const union = (from: number, to: number): Set<number> =>
    new Set(before.flatMap((set, cell) => (cell >= from && cell < to ? [...set] : [])));
  if (layer.kind === 'Dense') return [union(0, before.length)];
  if (layer.kind === 'Conv2D' || layer.kind === 'MaxPooling2D') {
    const [size] = layer.kind === 'Conv2D' ? layer.kernel : layer.pool;
    const { padding } = layer;
    const [stride] = layer.stride;
    const same = Math.max(0, (length! - 1) * stride + size - before.length);
    const pad = padding === 'same' ? Math.floor(same / 2) : padding === 'valid' ? 0 : padding[0][0];
    return Array.from({ length: length! }, (_, cell) =>
      union(cell * stride - pad, cell * stride - pad + size),
    );
  }
  if (layer.kind === 'AdaptiveAveragePooling2D') {
    const [size] = layer.size;
    return Array.from({ length: size }, (_, cell) =>
      union((cell * before.length) / size, ((cell + 1) * before.length) / size),
    );
  }
  return before;
}

const inSpan = (span: Span | undefined): readonly number[] =>
  span ? Array.from({ length: span.last - span.first + 1 }, (_, i) => span.first + i) : [];

const sorted = (set: Set<number>): readonly number[] => [...set].sort((a, b) => a - b);

function small(...layers: readonly ReturnType<typeof conv2d>[]): Network {
  const start = input([13, 13, 2]);
  return model(
    start,
    layers.reduce((handle, layer) => layer(handle), start),
  );
}

const smallNetworks: readonly (readonly [string, Network])[] = [
  ['one valid convolution', small(conv2d(3, 4, { name: 'a' }))],
  ['same and stride', small(conv2d(3, 4, { name: 'a', strides: 3, padding: 'same' }))],
  [
    'a rest at the end that the next layer cannot see',
    small(
      conv2d(3, 4, { name: 'a', strides: 4 }),
      conv2d(3, 3, { name: 'b', padding: 'same' }),
      maxPool2d(2, { name: 'c', strides: 2, padding: 'same' }),
    ),
  ],
  [
    'padding by number and pooling that rounds up',
    small(
      conv2d(4, 5, { name: 'a', strides: 2, padding: 3, groups: 2 }),
      maxPool2d(3, { name: 'b', strides: 2, ceil: true }),
      conv2d(2, 3, { name: 'c', padding: 1 }),
    ),
  ],
  [
    'a flat list and units',
    small(
      conv2d(4, 3, { name: 'a', strides: 2 }),
      adaptiveAveragePool2d(3, { name: 'b' }),
      flatten({ name: 'c' }),
      dense(5, { name: 'd' }),
    ),
  ],
];

describe('what a cell sees', () => {
  const networks = [
    ...smallNetworks,
    ...alexNetIds.map((id) => [id, alexNets[id].network] as const),
  ];
  for (const [name, network] of networks) {
    it(`is what a search cell by cell finds: ${name}`, () => {
      const side = inputSize(network).width;
      const sight = new Sight(network);
      const expected = pixelsSeen(network, side);
      for (const [layer, seen] of expected) {
        seen.forEach((pixels, cell) => {
          const area = sight.cellSees(layer, cell, cell);
          assert.deepEqual(inSpan(area?.rows), sorted(pixels), `${layer} row ${cell}`);
          assert.deepEqual(inSpan(area?.columns), sorted(pixels), `${layer} column ${cell}`);
        });
        assert.equal(sight.cellSees(layer, seen.length, 0), undefined);
        assert.equal(sight.cellSees(layer, 0, -1), undefined);
      }
    });

    it(`is the inverse of the cells a pixel reaches: ${name}`, () => {
      const side = inputSize(network).width;
      const sight = new Sight(network);
      const expected = pixelsSeen(network, side);
      for (let pixel = 0; pixel < side; pixel++) {
        const other = side - 1 - pixel;
        const reached = sight.cellsReachedBy(pixel, other);
        for (const [layer, seen] of expected) {
          const reach = (at: number): readonly number[] =>
            seen.flatMap((pixels, cell) => (pixels.has(at) ? [cell] : []));
          const [rows, columns] = [reach(pixel), reach(other)];
          const area = reached.get(layer);
          if (rows.length === 0 || columns.length === 0) assert.equal(area, undefined);
          else assert.deepEqual([inSpan(area?.rows), inSpan(area?.columns)], [rows, columns]);
        }
      }
    });
  }

  it('is nothing where a window lies in the padding', () => {
    const sight = new Sight(small(conv2d(1, 2, { name: 'a', strides: 2, padding: 3 })));
    assert.equal(sight.cellSees('a', 0, 4), undefined);
    assert.deepEqual(sight.cellSees('a', 1, 2), {
      rows: { first: 0, last: 0 },
      columns: { first: 1, last: 2 },
    });
  });

  it('of a unit of a flat list is what its cell sees, and all where it is dense', () => {
    const sight = new Sight(smallNetworks[4]![1]);
    assert.deepEqual(sight.cellOfUnit('c', 3), { row: 0, column: 0 });
    assert.deepEqual(sight.cellOfUnit('c', 4 * (3 * 2 + 1) + 1), { row: 2, column: 1 });
    assert.deepEqual(sight.cellOfUnit('d', 4), { row: 0, column: 0 });
    const all = { first: 0, last: 12 };
    assert.deepEqual(sight.cellSees('d', 0, 0), { rows: all, columns: all });
  });

  it('of the known corners of AlexNet', () => {
    const sight = new Sight(alexNets.torchvision.network);
    assert.deepEqual(sight.cellSees('conv1', 0, 54), {
      rows: { first: 0, last: 8 },
      columns: { first: 214, last: 223 },
    });
    assert.throws(() => sight.cellSees('conv9', 0, 0), /no layer is named "conv9"/);
  });
});

describe('the place of the input on the picture', () => {
  const fits: readonly Fit[] = [
    { mode: 'stretch' },
    { mode: 'warp', size: 15 },
    { mode: 'crop', shortSide: 12 },
    { mode: 'crop', shortSide: 17 },
  ];
  const seen = { width: 12, height: 12 };
  for (const fit of fits) {
    it(`is where the pixels of the input come from: ${JSON.stringify(fit)}`, () => {
      // Each pixel's colour says where it is; nearest keeps colours as they are.
      const picture = { width: 41, height: 25, rgb: new Uint8Array(41 * 25 * 3) };
      for (let i = 0; i < 41 * 25; i++) picture.rgb.set([i % 41, Math.floor(i / 41), 0], 3 * i);
      const settings = { ...alexNets.keras.preprocess, fit, filter: 'nearest' } as const;
      const { rgb } = preprocess(picture, settings, 12, 12).seen;
      const place = fitPlace(picture, fit, seen);
      for (let y = 0; y < 12; y++) {
        for (let x = 0; x < 12; x++) {
          const middle = { x: x + 0.5, y: y + 0.5 };
          const from = place.toPicture(middle);
          const at = 3 * (y * 12 + x);
          assert.deepEqual([Math.floor(from.x), Math.floor(from.y)], [rgb[at], rgb[at + 1]]);
          const back = place.toInput(from);
          assert.ok(Math.hypot(back.x - middle.x, back.y - middle.y) < 1e-9);
        }
      }
    });
  }
});

import { strict as assert } from 'node:assert';
import {
  activation,
  averagePool2d,
  concatenate,
  conv2d,
  dense,
  depthwiseConv2d,
  flatten,
  globalAveragePool2d,
  input,
  maxPool2d,
  merge,
  model,
  zeroPadding2d,
  type TensorHandle,
} from '../../../src/network/functional';
import { receptiveFields } from '../../../src/network/receptiveField';
import { Sight } from '../../../src/network/sight';
import type { Span } from '../../../src/network/tensor/span';
import { hull, pixelsSeen, type Pixels } from '../../support/pixelSearch';

type Build = (x: TensorHandle) => TensorHandle;

const add = (...sources: readonly TensorHandle[]): TensorHandle =>
  merge('add', { name: 'add' })(...sources);
const multiply = (...sources: readonly TensorHandle[]): TensorHandle =>
  merge('multiply', { name: 'multiply' })(...sources);
const join = (...sources: readonly TensorHandle[]): TensorHandle =>
  concatenate({ name: 'join' })(...sources);

const builds: Readonly<Record<string, Build>> = {
  'a residual block that halves the map': (x) => {
    const a = conv2d(4, 3, { name: 'a', strides: 2, padding: 'same' })(x);
    const b = conv2d(4, 3, { name: 'b', padding: 'same' })(a);
    return add(b, conv2d(4, 1, { name: 'project', strides: 2 })(x));
  },
  'an inception block with kernels of 1 x 5 and 5 x 1': (x) => {
    const a = conv2d(2, [1, 5], { name: 'a', padding: 'same' })(x);
    const b = conv2d(2, [5, 1], { name: 'b', padding: 'same' })(a);
    const c = conv2d(2, [1, 5], { name: 'c', padding: 'same' })(x);
    const d = averagePool2d(3, { name: 'd', strides: 1, padding: 'same' })(x);
    return join(b, c, d, conv2d(2, 1, { name: 'e' })(x));
  },
  'dilated branches of strides that differ by axis': (x) => {
    const options = { strides: [1, 2], padding: 'same' } as const;
    const a = conv2d(2, 3, { name: 'a', ...options })(x);
    const b = conv2d(2, 3, { name: 'b', ...options, strides: 1, dilation: [2, 3] })(x);
    const c = maxPool2d([1, 2], { name: 'c', strides: [1, 2], padding: 'same' })(b);
    return conv2d(3, [2, 3], { name: 'f', dilation: [3, 1] })(join(a, c));
  },
  'a depthwise block over a padded map': (x) => {
    const wide = zeroPadding2d(
      [
        [0, 1],
        [2, 0],
      ],
      { name: 'pad' },
    )(x);
    const a = depthwiseConv2d(3, { name: 'a', strides: 2, multiplier: 2 })(wide);
    return activation('relu6', { name: 'b' })(conv2d(5, 1, { name: 'c' })(a));
  },
  'padding whose cells see nothing, beside a branch that sees': (x) => {
    const wide = zeroPadding2d(3, { name: 'pad' })(x);
    return add(wide, conv2d(2, 1, { name: 'a', padding: 3 })(x));
  },
  'a dilated window that reaches the map with its ends only': (x) => {
    const small = maxPool2d([11, 9], { name: 'small', strides: 20 })(x);
    return conv2d(2, 2, { name: 'a', dilation: 3, padding: 3 })(small);
  },
  'a gate that is one cell': (x) => {
    const a = conv2d(4, 3, { name: 'a', strides: 2, padding: 'same' })(x);
    const gap = globalAveragePool2d({ name: 'gap', keepDims: true })(a);
    const gate = conv2d(4, 1, { name: 'gate', activation: 'sigmoid' })(gap);
    return conv2d(2, 3, { name: 'after', padding: 'same' })(multiply(a, gate));
  },
  'branches of one size and other strides': (x) => {
    const a = conv2d(2, [7, 6], { name: 'a' })(x);
    const b = conv2d(2, 1, { name: 'b', strides: 2 })(x);
    return add(a, b);
  },
  'lists of maps of two sizes': (x) => {
    const a = flatten({ name: 'fa' })(conv2d(2, 3, { name: 'a', strides: 2 })(x));
    const b = flatten({ name: 'fb' })(maxPool2d(4, { name: 'b', strides: 4 })(x));
    const both = join(a, b, globalAveragePool2d({ name: 'gap' })(x));
    return dense(3, { name: 'd' })(both);
  },
};

/** Not square, so that rows and columns cannot be mistaken for each other. */
const [height, width] = [13, 11] as const;

describe('what a cell of a branching network sees', () => {
  for (const [name, build] of Object.entries(builds)) {
    const x = input([height, width, 2]);
    const network = model(x, build(x));
    const sight = new Sight(network);
    const seen = [pixelsSeen(network, 0), pixelsSeen(network, 1)] as const;

    it(`is what a search by single pixels finds: ${name}`, () => {
      for (const layer of network.layers) {
        const [rows, columns] = [seen[0].get(layer.name)!, seen[1].get(layer.name)!];
        rows.forEach((row, at) => {
          columns.forEach((column, across) => {
            const [down, along] = [hull(row), hull(column)];
            const expected = down && along && { rows: down, columns: along };
            assert.deepEqual(sight.cellSees(layer.name, at, across), expected, layer.name);
          });
        });
      }
    });

    it(`is the inverse of the cells that a pixel reaches: ${name}`, () => {
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const reached = sight.cellsReachedBy(row, column);
          for (const layer of network.layers) {
            const axis = (pixels: Pixels, pixel: number): Span | undefined => {
              const within = pixels
                .map(hull)
                .flatMap((span, cell) =>
                  span && span.first <= pixel && pixel <= span.last ? [cell] : [],
                );
              return hull(new Set(within));
            };
            const rows = axis(seen[0].get(layer.name)!, row);
            const columns = axis(seen[1].get(layer.name)!, column);
            const expected = rows && columns && { rows, columns };
            assert.deepEqual(reached.get(layer.name), expected, layer.name);
          }
        }
      }
    });

    it(`lies in its receptive field: ${name}`, () => {
      const fields = receptiveFields(network);
      for (const layer of network.layers) {
        const { rows, columns } = fields.get(layer.name)!;
        for (const [field, pixels] of [
          [rows, seen[0].get(layer.name)!],
          [columns, seen[1].get(layer.name)!],
        ] as const) {
          for (const [cell, set] of pixels.entries()) {
            const first = field.start + cell * field.stride;
            const outside = [...set].filter((at) => at < first || at >= first + field.size);
            assert.deepEqual(outside, [], `${layer.name} ${cell}`);
          }
        }
      }
    });
  }

  it('fills its receptive field where no border is near, also after branches meet', () => {
    for (const name of [
      'a residual block that halves the map',
      'an inception block with kernels of 1 x 5 and 5 x 1',
      'dilated branches of strides that differ by axis',
      'a depthwise block over a padded map',
    ]) {
      const x = input([60, 62, 2]);
      const network = model(x, builds[name]!(x));
      const sight = new Sight(network);
      for (const [layer, { rows, columns }] of receptiveFields(network)) {
        const [row, column] = [Math.floor(30 / rows.stride), Math.floor(30 / columns.stride)];
        const span = (field: typeof rows, cell: number): Span => {
          const first = field.start + cell * field.stride;
          return { first, last: first + field.size - 1 };
        };
        assert.deepEqual(
          sight.cellSees(layer, row, column),
          { rows: span(rows, row), columns: span(columns, column) },
          `${name}: ${layer}`,
        );
      }
    }
  });

  it('lies around the same place with and without a gate that sees all', () => {
    const x = input([40, 40, 2]);
    const a = conv2d(4, 3, { name: 'a', strides: 2, padding: 1 })(x);
    const gap = globalAveragePool2d({ name: 'gap', keepDims: true })(a);
    const fields = receptiveFields(model(x, multiply(a, gap)));
    const centre = (name: string): number => {
      const { start, size } = fields.get(name)!.rows;
      return start + size / 2;
    };
    assert.equal(centre('multiply'), centre('a'));
    assert.equal(fields.get('multiply')!.rows.stride, 2);
  });

  it('is everything for the units of several lists', () => {
    const x = input([height, width, 2]);
    const network = model(x, builds['lists of maps of two sizes']!(x));
    const sight = new Sight(network);
    assert.deepEqual(sight.unitsOf('fa'), { depth: 2, columns: 5 });
    assert.deepEqual(sight.unitsOf('join'), { depth: 6 * 5 * 2 + 3 * 2 * 2 + 2, columns: 1 });
    assert.deepEqual(sight.cellOfUnit('join', 70), { row: 0, column: 0 });
  });

  it('costs as many looks as its cells have elements, however deep the network', () => {
    const looks = (layers: number): number => {
      let x = input([16, 16, 2]);
      const start = x;
      for (let at = 0; at < layers; at++) {
        const a = conv2d(2, 3, { name: `a${at}`, padding: 'same' })(x);
        x = merge('add', { name: `m${at}` })(a, x);
      }
      const network = model(start, x);
      let count = 0;
      // Each layer asks for its window once an axis and input: its settings are read that often.
      const counting = network.layers.map(
        (layer) =>
          new Proxy(layer, {
            get(target, key) {
              count++;
              return Reflect.get(target, key) as unknown;
            },
          }),
      );
      const counted = { ...network, layers: counting };
      new Sight(counted).cellsReachedBy(8, 8);
      receptiveFields(counted);
      return count;
    };
    const [few, many] = [looks(50), looks(400)];
    assert.ok(many < 9 * few, `${few} reads for 50 blocks, ${many} for 400`);
  });
});

import assert from 'node:assert/strict';
import { alexNets } from '../../../src/library/alexNets';
import type { AxisField } from '../../../src/network/receptiveField';
import { summarize } from '../../../src/network/summary';
import {
  cellRect,
  mapPoint,
  mapRect,
  seenRect,
  type MapPlacement,
} from '../../../src/webview/draw/mapPlacement';
import { itemAfterKey } from '../../../src/webview/draw/gridKeys';
import { tileAt, tileLayout, tileRect } from '../../../src/webview/draw/tileLayout';
import { layerStats } from '../../../src/webview/draw/channelStats';
import { colourOf, colourTable } from '../../../src/webview/draw/colourMap';
import { paintMap, smoothValue } from '../../../src/webview/draw/paintMap';

const square = (side: number) => ({ columns: side, rows: side });

describe('a layout of tiles', () => {
  const cases = [
    ['384 of 13 × 13 in a narrow pane', 384, 13, { width: 348, height: 560 }],
    ['384 of 13 × 13 in a wide pane', 384, 13, { width: 800, height: 640 }],
    ['96 of 56 × 56 in a wide pane', 96, 56, { width: 800, height: 640 }],
    ['256 of 27 × 27 at two pixels a point', 256, 27, { width: 696, height: 1120 }],
    ['3 of 224 × 224', 3, 224, { width: 700, height: 700 }],
    ['4,096 units', 4096, 1, { width: 348, height: 400 }],
    ['10 units', 10, 1, { width: 348, height: 400 }],
  ] as const;
  for (const [name, count, side, pane] of cases) {
    it(`shows ${name} at once, in whole pixels a cell`, () => {
      const layout = tileLayout({ count, cells: square(side) }, pane);
      assert.ok(layout.width <= pane.width && layout.height <= pane.height, JSON.stringify(layout));
      assert.ok(layout.tile.width >= side);
      if (layout.tile.width >= 2 * side) assert.equal(layout.tile.width % side, 0);
    });
  }

  it('is higher than the pane where a cell would get less than a pixel', () => {
    const layout = tileLayout({ count: 96, cells: square(56) }, { width: 348, height: 400 });
    assert.deepEqual(layout.tile, { width: 56, height: 56 });
    assert.equal(layout.columns, 6);
    assert.equal(layout.height, 16 * 57 - 1);
  });

  it('has a column even where the pane is narrower than a tile', () => {
    assert.equal(tileLayout({ count: 3, cells: square(56) }, { width: 20, height: 9 }).columns, 1);
  });

  it('puts 64 of 4,096 units in a row', () => {
    const layout = tileLayout({ count: 4096, cells: square(1) }, { width: 348, height: 400 });
    assert.deepEqual([layout.columns, layout.tile.width, layout.gap], [64, 5, 0]);
  });

  it('knows which tile is where, a gap being of the tile before it, and nothing past the last', () => {
    const layout = tileLayout({ count: 95, cells: square(13) }, { width: 348, height: 300 });
    for (const slot of [0, 7, 94]) {
      const { x, y, width, height } = tileRect(layout, slot);
      assert.deepEqual(tileAt(layout, x, y), { slot, x: 0, y: 0 });
      assert.equal(tileAt(layout, x + width - 1, y + height - 1)?.slot, slot);
      assert.equal(tileAt(layout, x + width, y)?.slot, slot);
    }
    const after = tileRect(layout, 95);
    assert.equal(tileAt(layout, after.x + 1, after.y + 1), undefined);
    assert.equal(tileAt(layout, -1, 0), undefined);
  });

  it('is walked by arrows, and not left', () => {
    const layout = {
      ...tileLayout({ count: 10, cells: square(4) }, { width: 30, height: 30 }),
      columns: 4,
    };
    const walk = (slot: number, key: string): number | undefined => itemAfterKey(key, slot, layout);
    assert.deepEqual(
      [walk(0, 'ArrowLeft'), walk(0, 'ArrowRight'), walk(0, 'ArrowDown'), walk(5, 'ArrowUp')],
      [0, 1, 4, 1],
    );
    assert.deepEqual([walk(7, 'ArrowDown'), walk(9, 'ArrowRight'), walk(2, 'ArrowUp')], [7, 9, 2]);
    assert.deepEqual([walk(5, 'Home'), walk(5, 'End'), walk(5, 'x')], [0, 9, undefined]);
  });
});

describe('a map over the picture', () => {
  const { layers } = summarize(alexNets.keras.network);
  const placementOf = (name: string): MapPlacement => {
    const { outputShape, receptiveField } = layers.find((layer) => layer.name === name)!;
    const [rows = 0, columns = 0] = outputShape;
    return { field: receptiveField, cells: { rows, columns }, input: { width: 224, height: 224 } };
  };

  const middle = ({ start, stride, size }: AxisField, cell: number): number =>
    start + cell * stride + size / 2;

  it('has each cell around the middle of what it sees', () => {
    for (const { name, outputShape } of layers) {
      if (outputShape.length !== 3) continue;
      const placement = placementOf(name);
      const { field, cells } = placement;
      for (const [row, column] of [
        [0, 0],
        [1, 2],
        [cells.rows - 1, cells.columns - 1],
      ] as const) {
        const { x, y, width, height } = cellRect(placement, row, column);
        assert.equal(x + width / 2, middle(field.columns, column), name);
        assert.equal(y + height / 2, middle(field.rows, row), name);
      }
    }
  });

  it('of conv1 starts where 11 pixels with a padding of 3 have their middle', () => {
    const placement = placementOf('conv1');
    assert.deepEqual(mapRect(placement), { x: 0.5, y: 0.5, width: 224, height: 224 });
    assert.deepEqual(seenRect(placement, 0, 0), { x: 0, y: 0, width: 8, height: 8 });
    assert.deepEqual(seenRect(placement, 10, 2), { x: 5, y: 37, width: 11, height: 11 });
  });

  it('finds the cell under a pixel, and none beside the map', () => {
    const placement = placementOf('conv1');
    const point = mapPoint(placement, 6.5, 42.5)!;
    assert.deepEqual([Math.floor(point.row), Math.floor(point.column)], [10, 1]);
    assert.equal(mapPoint(placement, 0.2, 10), undefined);
  });

  const axis = { size: 4, stride: 4, start: 0 };
  const field = { rows: axis, columns: axis };
  const small: MapPlacement = { field, cells: square(2), input: { width: 8, height: 8 } };
  const { maps } = layerStats({ shape: [2, 2, 1], data: Float32Array.of(0, 1, 2, 3) });

  it('is smoothed between the middles of its cells, which keep their values', () => {
    const at = (row: number, column: number): number => smoothValue(maps, 0, { row, column });
    assert.deepEqual([at(0.5, 0.5), at(0.5, 1.5), at(1.5, 0.5), at(1.5, 1.5)], [0, 1, 2, 3]);
    assert.deepEqual([at(1, 0.5), at(0.5, 1), at(1, 1)], [1, 0.5, 1.5]);
    assert.deepEqual([at(0, 0), at(1.99, 1.99)], [0, 3]);
  });

  it('is painted in true cells or smoothed, and nowhere else', () => {
    const colours = colourTable('inferno', 'sequential');
    const painting = { maps, channel: 0, placement: small, reach: 3, colours, smooth: false };
    const cells = paintMap(painting, { width: 4, height: 4 });
    const wanted = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3];
    assert.deepEqual(
      [...cells],
      wanted.map((value) => colourOf(colours, value, 3)),
    );
    const smooth = paintMap({ ...painting, smooth: true }, { width: 4, height: 4 });
    assert.equal(smooth[5], colourOf(colours, 0.75, 3));
    const shifted = {
      ...small,
      field: { rows: { ...axis, start: 2 }, columns: { ...axis, start: 2 } },
    };
    assert.equal(paintMap({ ...painting, placement: shifted }, { width: 4, height: 4 })[0], 0);
  });
});

import { strict as assert } from 'node:assert';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { Sight } from '../../../src/network/sight';
import { summarize } from '../../../src/network/summary';
import type { RunView } from '../../../src/protocol/panelProtocol';
import {
  areaRect,
  partOf,
  partOfPicture,
  within,
  unitRects,
} from '../../../src/webview/probe/areaRects';
import { seenRect, type MapPlacement } from '../../../src/webview/draw/mapPlacement';
import { cellOfGrid, middleCell } from '../../../src/webview/draw/grid';
import { cellAfterKey } from '../../../src/webview/draw/gridKeys';
import { drawnGrid, probeMarks, type Probed } from '../../../src/webview/probe/probeMarks';

const { network, preprocess } = alexNets.torchvision;
const { layers } = summarize(network);

/** A picture twice as wide as high, cropped to the middle of 512 x 256. */
const run = {
  width: 1024,
  height: 512,
  preprocess: { ...preprocess, fit: { mode: 'crop', shortSide: 256 } },
} as unknown as RunView;
const probed: Probed = { network, layers, run, about: undefined };

describe('what is marked where a person points', () => {
  it('is what a cell sees, on the picture, on the input and on its own map', () => {
    const marks = probeMarks(probed, { kind: 'cell', layer: 'conv1', row: 2, column: 1 })!;
    // Rows 6 to 16 and columns 2 to 12 of an input whose corner is at 144, 16 of 512 x 256.
    assert.deepEqual(marks.seen, partOf({ x: 2, y: 6, width: 11, height: 11 }, square(224)));
    const wide = { width: 512, height: 256 };
    assert.deepEqual(marks.picture, partOf({ x: 146, y: 22, width: 11, height: 11 }, wide));
    assert.deepEqual([...marks.maps.keys()].sort(), ['conv1', 'input']);
    assert.deepEqual(marks.maps.get('conv1'), [
      { x: 1 / 55, y: 2 / 55, width: 1 / 55, height: 1 / 55 },
    ]);
    assert.equal(marks.words, 'conv1 cell 2, 1 sees rows 6–16, columns 2–12 of the input');
  });

  it('is clipped at the border', () => {
    // conv5 sees 163 pixels every 16, the first from -66 on.
    const marks = probeMarks(probed, { kind: 'cell', layer: 'conv5', row: 0, column: 12 })!;
    assert.equal(marks.words, 'conv5 cell 0, 12 sees rows 0–96, columns 126–223 of the input');
    assert.equal(marks.seen!.y, 0);
    assert.equal(marks.seen!.x + marks.seen!.width, 1);
  });

  it('are the cells of every layer that a pixel reaches', () => {
    const marks = probeMarks(probed, { kind: 'pixel', row: 0, column: 223 })!;
    const cells = new Sight(network).cellsReachedBy(0, 223);
    for (const layer of layers.filter(({ outputShape }) => outputShape.length === 3)) {
      const area = cells.get(layer.name)!;
      assert.deepEqual(marks.maps.get(layer.name), [partOf(areaRect(area), drawnGrid(layer))]);
    }
    assert.deepEqual(marks.maps.get('fc6'), [{ x: 0, y: 0, width: 1, height: 1 }]);
    assert.match(
      marks.words,
      /^row 0, column 223 of the input reaches rows 0–[1-5], columns [0-4]–5 of (pool5|avgpool)$/,
    );
  });

  it('are told of the layer that the person looks at', () => {
    const about = { ...probed, about: 'fc6' };
    const { words } = probeMarks(about, { kind: 'pixel', row: 9, column: 9 })!;
    assert.equal(words, 'row 9, column 9 of the input reaches 4,096 of the 4,096 units of fc6');
  });

  it('of a unit is all that it sees, and its own place in the grid', () => {
    const marks = probeMarks(probed, { kind: 'cell', layer: 'fc6', row: 1, column: 2 })!;
    assert.equal(marks.words, 'fc6 unit 66 sees rows 0–223, columns 0–223 of the input');
    assert.deepEqual(marks.maps.get('fc6'), [
      { x: 2 / 64, y: 1 / 64, width: 1 / 64, height: 1 / 64 },
    ]);
  });

  const nothing = [
    { kind: 'cell', layer: 'conv9', row: 0, column: 0 },
    { kind: 'cell', layer: 'conv5', row: 13, column: 0 },
    { kind: 'cell', layer: 'fc8', row: 31, column: 8 },
    { kind: 'pixel', row: -1, column: 0 },
    { kind: 'pixel', row: 0, column: 224 },
  ] as const;
  for (const probe of nothing) {
    it(`is nothing where nothing is: ${JSON.stringify(probe)}`, () => {
      assert.equal(probeMarks(probed, probe), undefined);
    });
  }
});

describe('the place of what is marked', () => {
  it('on the picture is the whole of it where the picture is stretched', () => {
    const all = { rows: { first: 0, last: 223 }, columns: { first: 0, last: 223 } };
    const rect = partOfPicture(all, { width: 300, height: 100 }, { mode: 'stretch' }, square(224));
    assert.deepEqual(rect, { x: 0, y: 0, width: 1, height: 1 });
  });

  it('in a flat list is every number of the cells, row by row', () => {
    for (const [rows, columns] of [
      [
        [0, 2],
        [0, 2],
      ],
      [
        [1, 2],
        [0, 1],
      ],
      [
        [2, 2],
        [2, 2],
      ],
      [
        [0, 1],
        [1, 2],
      ],
    ] as const) {
      const area = {
        rows: { first: rows[0], last: rows[1] },
        columns: { first: columns[0], last: columns[1] },
      };
      const wanted = Array.from({ length: 45 }, (_, unit) => unit).filter((unit) => {
        const cell = Math.floor(unit / 5);
        const [row, column] = [Math.floor(cell / 3), cell % 3];
        return row >= rows[0] && row <= rows[1] && column >= columns[0] && column <= columns[1];
      });
      const marked = unitRects(area, { columns: 3, depth: 5 }, 7).flatMap(
        ({ x, y, width, height }) =>
          Array.from({ length: width * height }, (_, i) => {
            return (y + Math.floor(i / width)) * 7 + x + (i % width);
          }),
      );
      assert.deepEqual(marked, wanted);
    }
  });

  it('within a map is where that map lies', () => {
    const whole = { x: 10, y: 20, width: 100, height: 50 };
    const rect = within({ x: 0.5, y: 0.2, width: 0.1, height: 0.4 }, whole);
    assert.deepEqual(rect, { x: 60, y: 30, width: 10, height: 20 });
  });

  it('of the large channel’s frame is the same as that of the probe', () => {
    for (const id of alexNetIds) {
      const sight = new Sight(alexNets[id].network);
      const all = summarize(alexNets[id].network).layers;
      const [side = 0] = all[0]!.outputShape;
      for (const { name, outputShape, receptiveField: field } of all) {
        const [rows = 0, columns] = outputShape;
        if (columns === undefined) continue;
        for (let cell = 0; cell < rows; cell++) {
          const placement: MapPlacement = { field, cells: { rows, columns }, input: square(side) };
          const seen = areaRect(sight.cellSees(name, cell, cell)!);
          assert.deepEqual(seenRect(placement, cell, cell), seen, `${id} ${name} ${cell}`);
        }
      }
    }
  });
});

describe('the cell under pointer and keys', () => {
  const grid = { rows: 3, columns: 5 };

  it('is the one at a place, and the outermost at the edges', () => {
    assert.deepEqual(cellOfGrid(grid, { x: 0.5, y: 0.5 }), { row: 1, column: 2 });
    assert.deepEqual(cellOfGrid(grid, { x: 1, y: -0.1 }), { row: 0, column: 4 });
  });

  it('is walked by arrows, and the map not left', () => {
    const start = middleCell(grid);
    assert.deepEqual(start, { row: 1, column: 2 });
    assert.deepEqual(cellAfterKey('ArrowLeft', start, grid), { row: 1, column: 1 });
    assert.deepEqual(cellAfterKey('ArrowDown', start, grid, 8), { row: 2, column: 2 });
  });
});

function square(side: number): { readonly width: number; readonly height: number } {
  return { width: side, height: side };
}

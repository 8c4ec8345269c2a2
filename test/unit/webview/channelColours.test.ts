import assert from 'node:assert/strict';
import type { Tensor } from '../../../src/protocol/engineProtocol';
import { tileLayout } from '../../../src/webview/draw/tileLayout';
import { channelOrder } from '../../../src/webview/draw/channelOrder';
import { channelScale } from '../../../src/webview/draw/channelScale';
import { layerStats, valueAt, type LayerStats } from '../../../src/webview/draw/channelStats';
import {
  colourMapIds,
  colourOf,
  colourStops,
  colourTable,
  pack,
} from '../../../src/webview/draw/colourMap';
import { brokenColour } from '../../../src/webview/draw/heatScale';
import { paintTiles } from '../../../src/webview/draw/paintTiles';
import { tensorOf } from './fixtures';

const signed = tensorOf([3, 3, 2], (row, column, channel) => row - column + 0.5 * channel);

/** Relative luminance of a pixel, 0 to 1. */
function light(pixel: number): number {
  const linear = (byte: number): number => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = [0, 8, 16].map((shift) => linear((pixel >> shift) & 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe('the colours of channels', () => {
  for (const map of colourMapIds) {
    it(`${map} grows brighter from a zero that is black`, () => {
      const table = colourTable(map, 'sequential');
      assert.equal(colourOf(table, 0, 1), pack([0, 0, 0]));
      const lights = Array.from({ length: 21 }, (_, i) => light(colourOf(table, i / 20, 1)));
      for (let i = 0; i < 20; i++) assert.ok(lights[i + 1]! > lights[i]!, `step ${i} of ${map}`);
    });

    it(`${map} sets the smallest value off from zero, on either side`, () => {
      for (const kind of ['sequential', 'diverging'] as const) {
        const table = colourTable(map, kind);
        for (const value of kind === 'diverging' ? [1e-30, -1e-30] : [1e-30]) {
          assert.notEqual(colourOf(table, value, 1), table.zero);
        }
      }
    });

    it(`${map} grows darker from a zero that is white where there are negatives, each sign its own colours`, () => {
      const table = colourTable(map, 'diverging');
      assert.equal(colourOf(table, 0, 1), pack([255, 255, 255]));
      for (const sign of [-1, 1]) {
        const lights = Array.from({ length: 11 }, (_, i) =>
          light(colourOf(table, (sign * i) / 10, 1)),
        );
        for (let i = 0; i < 10; i++) assert.ok(lights[i + 1]! < lights[i]!, `step ${sign * i}`);
      }
      assert.notEqual(colourOf(table, 1, 1), colourOf(table, -1, 1));
    });
  }

  it('end where the scale ends, and show what is no number in magenta', () => {
    const table = colourTable('viridis', 'sequential');
    assert.equal(colourOf(table, 7, 2), colourOf(table, 2, 2));
    for (const value of [NaN, Infinity, -Infinity]) {
      assert.equal(colourOf(table, value, 2), pack(brokenColour));
    }
  });

  it('stand on a strip in the order of their values, zero at its place', () => {
    const sequential = colourStops('inferno', 'sequential');
    assert.equal(sequential[0], 'rgb(0 0 0) 0%');
    const diverging = colourStops('inferno', 'diverging');
    const at = diverging.map((stop) => Number(/([\d.]+)%$/.exec(stop)![1]));
    assert.deepEqual(
      at,
      at.toSorted((a, b) => a - b),
    );
    assert.ok(diverging.includes('rgb(255 255 255) 48.5%'));
  });
});

describe('painted tiles', () => {
  function paint(
    tensor: Tensor,
    pane: { readonly width: number; readonly height: number },
  ): {
    pixels: Uint32Array;
    stats: LayerStats;
    at: (x: number, y: number) => number;
    width: number;
  } {
    const stats = layerStats(tensor);
    const order = channelOrder(stats, 'index');
    const layout = tileLayout({ count: order.length, cells: stats.maps }, pane);
    const scale = channelScale(stats, 'shared', 0);
    const pixels = paintTiles({
      stats,
      layout,
      order,
      scale,
      colours: colourTable('inferno', scale.kind),
    });
    return { pixels, stats, at: (x, y) => pixels[y * layout.width + x]!, width: layout.width };
  }

  it('show each cell in its own colour, and nothing between the tiles', () => {
    const { at, stats, width } = paint(signed, { width: 13, height: 6 });
    const table = colourTable('inferno', 'diverging');
    assert.equal(width, 13);
    for (const channel of [0, 1]) {
      for (const [row, column] of [
        [0, 0],
        [0, 2],
        [2, 0],
        [1, 2],
      ] as const) {
        const wanted = colourOf(table, valueAt(stats.maps, channel, row, column), 2.5);
        for (const [dx, dy] of [
          [0, 0],
          [1, 1],
        ] as const) {
          assert.equal(at(channel * 7 + column * 2 + dx, row * 2 + dy), wanted);
        }
      }
    }
    assert.equal(at(6, 3), 0);
  });

  it('cross out a dead channel', () => {
    const dead = tensorOf([4, 4, 2], (_, __, channel) => channel);
    const { at } = paint(dead, { width: 17, height: 8 });
    const grey = pack([128, 128, 128]);
    assert.equal(at(0, 0), grey);
    assert.equal(at(7, 0), grey);
    assert.equal(at(4, 1), pack([0, 0, 0]));
    assert.notEqual(at(9, 0), grey);
  });
});

import assert from 'node:assert/strict';
import type { Tensor } from '../../../src/protocol/engineProtocol';
import { cellLine, channelLine, layerStatFacts } from '../../../src/webview/channels/channelWords';
import { channelOrder } from '../../../src/webview/draw/channelOrder';
import { channelScale } from '../../../src/webview/draw/channelScale';
import { layerStats, strongestCell, valueAt } from '../../../src/webview/draw/channelStats';
import { channelTicks } from '../../../src/webview/channels/channelTicks';
import { tensorOf } from './fixtures';

/** Rectified waves, with channel 2 dead and channel 4 partly broken. */
const waves = tensorOf([5, 7, 6], (row, column, channel) => {
  if (channel === 2) return 0;
  if (channel === 4 && row === 1) return [NaN, Infinity, -Infinity][column % 3]!;
  return Math.max(0, Math.sin(1 + row * 1.7 + column * 0.9 + channel * 2.3) * (channel + 1));
});
const signed = tensorOf([3, 3, 2], (row, column, channel) => row - column + 0.5 * channel);

/** One channel's finite values, taken out the slow way. */
function finiteValues({ shape, data }: Tensor, channel: number): readonly number[] {
  const channels = shape[2]!;
  return [...data].filter((value, i) => i % channels === channel && Number.isFinite(value));
}

function near(actual: number, expected: number): void {
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );
}

describe('the numbers of a layer', () => {
  for (const [name, tensor] of Object.entries({ waves, signed })) {
    const { channels, ...layer } = layerStats(tensor);

    it(`are those of each channel of ${name} by itself`, () => {
      for (let channel = 0; channel < tensor.shape[2]!; channel++) {
        const values = finiteValues(tensor, channel);
        const sorted = values.toSorted((a, b) => a - b);
        assert.equal(channels.min[channel], sorted[0]);
        assert.equal(channels.max[channel], sorted.at(-1));
        assert.equal(channels.peak[channel], Math.max(...values.map(Math.abs)));
        assert.equal(channels.zeros[channel], values.filter((value) => value === 0).length);
        near(channels.mean[channel]!, values.reduce((a, b) => a + b) / values.length);
        near(channels.energy[channel]!, values.reduce((a, b) => a + b * b, 0) / values.length);
      }
    });

    it(`are those of all values of ${name} together`, () => {
      const finite = [...tensor.data].filter((value) => Number.isFinite(value));
      assert.equal(layer.min, Math.min(...finite));
      assert.equal(layer.max, Math.max(...finite));
      assert.equal(layer.values, tensor.data.length);
      assert.equal(layer.broken, tensor.data.length - finite.length);
      assert.equal(layer.zeros, finite.filter((value) => value === 0).length);
      near(layer.mean, finite.reduce((a, b) => a + b) / finite.length);
    });
  }

  it('count dead channels, and broken cells apart', () => {
    assert.equal(layerStats(waves).dead, 1);
    assert.equal(layerStats(waves).broken, 7);
    assert.equal(layerStats(signed).dead, 0);
  });

  it('are worked out once', () => {
    assert.equal(layerStats(waves), layerStats(waves));
  });

  it('of a list of units take each as a channel of one cell', () => {
    const stats = layerStats({ shape: [4], data: Float32Array.of(0, 3, -1, 0) });
    assert.deepEqual(
      [stats.maps.rows, stats.maps.columns, stats.maps.channels, stats.dead],
      [1, 1, 4, 2],
    );
    assert.equal(valueAt(stats.maps, 2, 0, 0), -1);
  });

  it('of nothing but broken cells are no numbers', () => {
    const stats = layerStats({ shape: [1, 1, 1], data: Float32Array.of(NaN) });
    assert.ok(Number.isNaN(stats.min) && Number.isNaN(stats.max) && Number.isNaN(stats.mean));
    assert.deepEqual([stats.peak, stats.broken, stats.dead], [0, 1, 0]);
  });

  it('name the cell that is furthest from zero', () => {
    assert.deepEqual(strongestCell(layerStats(signed).maps, 1), { row: 2, column: 0 });
  });
});

describe('the order of channels', () => {
  const stats = layerStats(
    tensorOf([1, 2, 4], (_, column, channel) => [1, 5, 5, NaN][channel]! - column * channel),
  );
  const cases = [
    ['index', [0, 1, 2, 3]],
    ['max', [1, 2, 0, 3]],
    ['mean', [1, 2, 0, 3]],
    ['energy', [1, 2, 0, 3]],
  ] as const;
  for (const [sort, order] of cases) {
    it(`by ${sort}: the largest first, equal ones by index, those without a number last`, () => {
      assert.deepEqual([...channelOrder(stats, sort)], order);
    });
  }

  it('by energy takes negative values for as strong as positive ones', () => {
    const units = layerStats({ shape: [3], data: Float32Array.of(1, -9, 2) });
    assert.deepEqual([...channelOrder(units, 'energy')], [1, 2, 0]);
    assert.deepEqual([...channelOrder(units, 'max')], [2, 0, 1]);
  });
});

describe('the scale of channels', () => {
  it('ends at the largest value of the layer, or of each channel', () => {
    const stats = layerStats(signed);
    const shared = channelScale(stats, 'shared', 0);
    assert.equal(shared.kind, 'diverging');
    assert.deepEqual([...shared.reach], [2.5, 2.5]);
    assert.deepEqual([...channelScale(stats, 'channel', 0).reach], [2, 2.5]);
  });

  it('is worked out once, and sequential without negatives', () => {
    const stats = layerStats(waves);
    assert.equal(channelScale(stats, 'shared', 0.01), channelScale(stats, 'shared', 0.01));
    assert.equal(channelScale(stats, 'shared', 0).kind, 'sequential');
    assert.equal(channelScale(stats, 'channel', 0).reach[2], 0);
  });

  for (const clip of [0.001, 0.01, 0.05] as const) {
    it(`leaves at most ${clip * 100} % of what is not zero past its end, and hardly less`, () => {
      const ramp = tensorOf([100, 100, 2], (row, column, channel) =>
        row < 50 ? 0 : (row * 100 + column - 4999) * (channel + 1),
      );
      const stats = layerStats(ramp);
      for (const mode of ['shared', 'channel'] as const) {
        const { reach } = channelScale(stats, mode, clip);
        const [values, end] =
          mode === 'shared'
            ? [[...ramp.data].filter((value) => value > 0), reach[0]!]
            : [finiteValues(ramp, 1).filter((value) => value > 0), reach[1]!];
        const past = values.filter((value) => value > end).length / values.length;
        assert.ok(past <= clip && past >= clip - 0.002, `${past} past the end of ${mode}`);
      }
    });
  }

  it('keeps an end where few values are not zero', () => {
    const stats = layerStats(tensorOf([10, 10, 1], (row, column) => (row + column === 0 ? 3 : 0)));
    assert.equal(channelScale(stats, 'shared', 0.05).reach[0], 3);
  });

  it('has numbers, and says where more may lie past them', () => {
    assert.deepEqual(channelTicks('sequential', 4, { clipped: false }), ['0', '2', '4']);
    assert.deepEqual(channelTicks('sequential', 4, { clipped: true }), ['0', '2', '≥ 4']);
    assert.deepEqual(channelTicks('diverging', 4, { clipped: true }), ['≤ −4', '0', '≥ 4']);
    assert.deepEqual(channelTicks('diverging', 0, { clipped: false }), ['0']);
  });
});

describe('words on channels', () => {
  it('say the numbers of the layer', () => {
    const words = layerStatFacts(layerStats(waves)).map(({ term, value }) => `${term} ${value}`);
    assert.ok(words.includes('dead 1 of 6'));
    assert.ok(words.includes('NaN or infinite 7'));
    assert.ok(words.includes('min 0'));
  });

  it('say a channel, its death, and one value', () => {
    const stats = layerStats(waves);
    assert.match(channelLine(stats, 1), /^channel 1 · max [\d.]+ · mean [\d.]+ · zeros [\d.]+ %$/);
    assert.equal(channelLine(stats, 2), 'channel 2 · dead: every value is 0');
    assert.equal(cellLine(stats.maps, 2, 3, 4), 'channel 2 · row 3, column 4 · 0');
    assert.equal(cellLine(stats.maps, 4, 1, 0), 'channel 4 · row 1, column 0 · NaN');
    const units = layerStats({ shape: [2], data: Float32Array.of(0, -1.23456789) });
    assert.equal(channelLine(units, 1), 'unit 1 · −1.23457');
  });
});

import assert from 'node:assert/strict';
import { alexNets } from '../../../src/library/alexNets';
import { summarize } from '../../../src/network/summary';
import {
  amountOf,
  amountPosition,
  amountScale,
  scaleTicks,
  strength,
} from '../../../src/webview/graph/colouring';

const { layers, totals } = summarize(alexNets.keras.network);
const noTimes = new Map<string, number>();

describe('the colours of the graph by amounts', () => {
  it('run from the least above zero to the most, on a scale of decades for counts', () => {
    const scale = amountScale('parameters', layers, noTimes);
    assert.equal(scale.total, totals.parameters);
    assert.equal(scale.most, 37_752_832);
    assert.equal(scale.least, 384);
    assert.equal(amountPosition(scale, scale.least), 0);
    assert.equal(amountPosition(scale, scale.most), 1);
    const middle = amountPosition(scale, Math.sqrt(scale.least * scale.most)) ?? NaN;
    assert.ok(Math.abs(middle - 0.5) < 1e-12);
    assert.deepEqual(scaleTicks(scale), ['384', '120.4 k', '37.8 M']);
  });

  it('are linear for times, which are known of a run only', () => {
    const times = new Map([
      ['conv1', 30],
      ['conv2', 60],
    ]);
    const scale = amountScale('time', layers, times);
    assert.equal(scale.total, 90);
    assert.equal(amountPosition(scale, 30), 0.5);
    assert.deepEqual(scaleTicks(scale), ['0', '60 ms']);
    assert.equal(amountOf(scale, ['conv1', 'bn1']), 30);
    assert.equal(amountOf(scale, ['bn1']), undefined);
    assert.deepEqual(scaleTicks(amountScale('time', layers, noTimes)), ['0']);
  });

  it('are none where there is nothing, and never more than the strongest', () => {
    const scale = amountScale('macs', layers, noTimes);
    assert.equal(amountPosition(scale, 0), undefined);
    assert.equal(strength(undefined), 0);
    assert.ok(strength(0) > 0);
    assert.equal(strength(1), 1);
    assert.equal(amountPosition(scale, 2 * scale.most), 1);
    const flat = { ...scale, least: 5, most: 5 };
    assert.equal(amountPosition(flat, 5), 1);
  });

  it('add up what is in a folded block', () => {
    const scale = amountScale('bytes', layers, noTimes);
    const of = (name: string): number => scale.values.get(name) ?? NaN;
    assert.equal(amountOf(scale, ['conv1', 'bn1']), of('conv1') + of('bn1'));
    assert.equal(scale.total, totals.activationBytes);
  });
});

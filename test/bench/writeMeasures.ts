import { appendFileSync } from 'node:fs';
import type { Measure } from './alternate';

/** Hands measures to `npm run bench`, which prints the table. */
export function writeMeasures(part: string, measures: readonly Measure[]): void {
  append(measures.map((measure) => ({ part, ...measure })));
}

/** Hands on the milliseconds of each layer, for the table by layer. */
export function writeLayerTimes(
  part: string,
  layers: Readonly<Record<string, readonly number[]>>,
): void {
  append([{ part, layers }]);
}

function append(lines: readonly object[]): void {
  const file = process.env['ALEXNET_MEASURES'];
  if (file === undefined) throw new Error('ALEXNET_MEASURES names no file');
  appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

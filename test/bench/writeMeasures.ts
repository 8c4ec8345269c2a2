import { appendFileSync } from 'node:fs';
import type { Measure } from './alternate';

/** Hands measures to `npm run bench`, which prints the table. */
export function writeMeasures(part: string, measures: readonly Measure[]): void {
  const file = process.env['ALEXNET_MEASURES'];
  if (file === undefined) throw new Error('ALEXNET_MEASURES names no file');
  appendFileSync(
    file,
    measures.map((measure) => `${JSON.stringify({ part, ...measure })}\n`).join(''),
  );
}

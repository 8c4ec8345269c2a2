import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { examineWeights } from '../../../src/files/examineWeights';
import { openWeightsFile, type WeightsFile } from '../../../src/files/weightsFile';
import { withClassCount } from '../../../src/network/classCount';
import { alexNets, library, type AlexNetId } from '../../../src/library/alexNets';
import type { ModelDocument } from '../../../src/network/modelDocument';
import { unpackBrotli } from '../../support/weightFixtures';

/** What a right reader makes of a file. */
interface Report {
  readonly file: string;
  readonly documents: readonly AlexNetId[];
  readonly classes: number;
  readonly weights: Readonly<
    Record<
      string,
      {
        readonly shape: readonly number[];
        readonly sum: number;
        readonly at: Readonly<Record<string, number>>;
      }
    >
  >;
}

const folder = resolve('test/fixtures/reports');
const usualClasses = 1000;

function unpacked(name: string): Buffer {
  return unpackBrotli(readFileSync(resolve(folder, `${name}.br`)));
}

/** Those of the library, and before them the one that a file's classes need. */
function candidates({ documents: [id = 'keras'], classes }: Report): readonly ModelDocument[] {
  if (classes === usualClasses) return library;
  const network = withClassCount(alexNets[id].network, classes)!;
  const origin = { kind: 'file', name: 'f', uri: 'f', base: id } as const;
  return [{ ...alexNets[id], id: 'own', network, origin }, ...library];
}

describe('a file of weights that somebody reported', () => {
  const reports = JSON.parse(unpacked('expected.json').toString()) as Readonly<
    Record<string, Report>
  >;
  for (const [name, report] of Object.entries(reports)) {
    it(`has every weight in its place: ${name}`, async () => {
      const source = bytesSource(unpacked(`${name}/${report.file}`));
      const beside = (file: string) => Promise.resolve(bytesSource(unpacked(`${name}/${file}`)));
      const { sets } = await examineWeights(source, library, beside);
      const [first] = sets[0]?.fits ?? [];
      assert.deepEqual(
        { id: first?.documentId, classes: first?.classes ?? usualClasses },
        { id: report.documents[0], classes: report.classes },
      );
      const file = await openWeightsFile(source, candidates(report), beside);
      await assertWeights(file, report);
      await file.close();
    });
  }
});

async function assertWeights({ weights }: WeightsFile, report: Report): Promise<void> {
  for (const [name, { shape, sum, at }] of Object.entries(report.weights)) {
    const values = await weights.get(name)!.read();
    assert.equal(
      values.length,
      shape.reduce((a, b) => a * b, 1),
      name,
    );
    for (const [index, value] of Object.entries(at)) {
      const found = values[Number(index)] ?? NaN;
      assert.ok(Math.abs(found - value) < 1e-6, `${name} at ${index}: ${found}, not ${value}`);
    }
    const found = sumOf(values);
    assert.ok(Math.abs(found - sum) < 1e-2, `${name}: the sum is ${found}, not ${sum}`);
  }
}

/** By index, as an iterator would take ten times as long, and as two sums: each addition waits for the one before. */
function sumOf(values: Float32Array): number {
  let [even, odd] = [0, 0];
  for (let at = 1; at < values.length; at += 2) {
    even += values[at - 1]!;
    odd += values[at]!;
  }
  return even + odd + (values.length % 2 === 1 ? values.at(-1)! : 0);
}

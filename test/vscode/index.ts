import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

const testLimitMs = 120_000;

/** Runs every test of this ring; VS Code calls it inside its extension host. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: testLimitMs, reporter: countingReporter() });
  for (const file of testFiles()) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} of the tests failed`);
}

/** This file runs as out/test/vscode/index.js, next to the built tests. */
function testFiles(): string[] {
  const names = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const tests = names.filter((name) => name.endsWith('.test.js')).sort();
  return tests.map((name) => join(__dirname, name));
}

function countingReporter(): string {
  return join(__dirname, '..', '..', '..', 'scripts', 'lib', 'countingReporter.cjs');
}

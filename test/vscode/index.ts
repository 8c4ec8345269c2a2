import { join } from 'node:path';
import Mocha from 'mocha';
import { environment } from '../support/environment';

/** Runs the tests that ALEXNET_TEST_FILES names, one a line; VS Code calls it inside its extension host. */
export async function run(): Promise<void> {
  const words = environment('ALEXNET_TEST_WORDS');
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: Number(environment('ALEXNET_TEST_LIMIT')),
    reporter: join(__dirname, '..', '..', '..', 'scripts', 'lib', 'recordingReporter.cjs'),
    ...(words && { grep: new RegExp(words, 'i') }),
  });
  for (const file of environment('ALEXNET_TEST_FILES').split('\n')) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} of the tests failed`);
}

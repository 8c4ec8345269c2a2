import { inRoot } from './root.mjs';
import { must } from './run.mjs';
import { tool } from './tool.mjs';

let built;

/** Packs the tests' own extension, which uses the API as another extension would; once, whoever asks. */
export function buildApiProbe() {
  return (built ??= pack());
}

async function pack() {
  const file = inRoot('out', 'api-probe.vsix');
  const vsce = tool('@vscode/vsce', 'vsce');
  const answers = ['--allow-missing-repository', '--skip-license', '--no-dependencies'];
  await must(process.execPath, [vsce, 'package', ...answers, '--out', file], {
    cwd: inRoot('test', 'support', 'apiProbe'),
    quiet: true,
  });
  return file;
}

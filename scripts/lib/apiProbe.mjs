import { inRoot } from './root.mjs';
import { must } from './run.mjs';
import { tool } from './tool.mjs';

/** Packs the tests' own extension, which uses the API as another extension would. */
export async function buildApiProbe() {
  const file = inRoot('out', 'api-probe.vsix');
  const vsce = tool('@vscode/vsce', 'vsce');
  const answers = ['--allow-missing-repository', '--skip-license', '--no-dependencies'];
  await must(process.execPath, [vsce, 'package', ...answers, '--out', file], {
    cwd: inRoot('test', 'support', 'apiProbe'),
    quiet: true,
  });
  return file;
}

import { readFileSync, statSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { must } from './run.mjs';
import { compareWithShipped } from './shipped.mjs';
import { tool } from './tool.mjs';
import { zipNames } from './zipNames.mjs';

/** Small enough to download without a thought; weights and libtensorflow stay outside. */
const limitBytes = 8_000_000;

/** Builds for people (minified, no source maps) and packs alexnet-inspector-<version>.vsix. */
export async function buildVsix() {
  const { name, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const file = inRoot(`${name}-${version}.vsix`);
  await must(process.execPath, [inRoot('esbuild.mjs')], { quiet: true });
  const vsce = tool('@vscode/vsce', 'vsce');
  const args = [vsce, 'package', '--no-dependencies', '--out', file];
  const said = await must(process.execPath, args, { quiet: true });
  if (/\bWARNING\b/.test(said)) throw new Error(`vsce warns:\n${said}`);
  return file;
}

/** Fails unless a VSIX holds what ships, no more, no less, and is small; resolves with its bytes. */
export async function checkVsix(file) {
  const { extra, missing } = compareWithShipped(await zipNames(file));
  const wrong = [
    ...extra.map((name) => `ships ${name}, which is not on the list`),
    ...missing.map((name) => `lacks ${name}`),
  ];
  const bytes = statSync(file).size;
  if (bytes >= limitBytes) wrong.push(`has ${bytes} bytes, the limit is ${limitBytes}`);
  if (wrong.length > 0) throw new Error(wrong.map((line) => `${file} ${line}`).join('\n'));
  return bytes;
}

import { readFileSync } from 'node:fs';
import { inRoot } from './root.mjs';

/** The script behind a package's command, to run with this very Node on every platform. */
export function tool(packageName, command = packageName) {
  const folder = inRoot('node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return `${folder}/${typeof bin === 'string' ? bin : bin[command]}`;
}

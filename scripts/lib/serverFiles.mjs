import { join } from 'node:path';
import { cached } from './cache.mjs';
import { npm } from './npm.mjs';

/** The npm package that carries VS Code's own server; this one holds VS Code 1.139.1. */
const version = '4.139.1';

/** VS Code's server-main.js, fetched from npm on first use. */
export async function serverMain() {
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const folder = await cached(
    `vscode-server-${version}`,
    "Fetching VS Code's server from npm (about 200 MB, 600 MB on disk, once)",
    async (building) => {
      await npm(['install', `code-server@${version}`], building);
      await npm(['install', '--omit=dev'], join(building, inside));
    },
  );
  return join(folder, inside, 'out', 'server-main.js');
}

import { relative } from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/root.mjs';
import { buildVsix, checkVsix } from './lib/vsix.mjs';

/** npm run package: the VSIX to install or publish, with its contents checked. */
async function main() {
  await ensurePackages();
  const file = await buildVsix();
  const bytes = await checkVsix(file);
  console.log(`${relative(root, file)}: ${(bytes / 1e6).toFixed(2)} MB, contents as listed`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

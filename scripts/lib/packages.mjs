import { existsSync, readFileSync } from 'node:fs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';
import { inRoot, root } from './root.mjs';

/** Installs the packages of package-lock.json unless exactly those are there already. */
export async function ensurePackages() {
  if (packagesMatchLock()) return;
  await withProgress('Installing packages from npm (about 200 MB, once)', () =>
    npm(['ci', '--include=dev', '--include=optional'], root),
  );
}

/** npm writes node_modules/.package-lock.json last, so a cut install never looks complete. */
function packagesMatchLock() {
  const hidden = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const there = readPackages(hidden);
  return Object.entries(readPackages(inRoot('package-lock.json'))).every(
    ([path, wanted]) => path === '' || isSatisfied(wanted, there[path]),
  );
}

function isSatisfied(wanted, there) {
  return there ? there.version === wanted.version : Boolean(wanted.optional ?? wanted.peer);
}

function readPackages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

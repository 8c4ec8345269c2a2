import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const licenceFile = /^(licen[cs]e|notice|copying)/i;

/** Writes whose code the bundles hold and under which terms, from what esbuild says it bundled and from files copied beside. */
export function writeNotices(file, metafiles, copied) {
  const inputs = [...metafiles.flatMap(({ inputs }) => Object.keys(inputs)), ...copied];
  const packages = [...new Set(inputs.map(packageFolder).filter(Boolean))].sort();
  const parts = packages.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const texts = licenceTexts(folder);
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  writeFileSync(file, `${heading}\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

const heading = 'AlexNet Inspector contains code of these packages, under these terms.';

/** `node_modules/@scope/name` of a path inside it; nested packages are their own. */
function packageFolder(path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** A package without a licence file is covered by the licence that its package.json names. */
function licenceTexts(folder) {
  const folders = [folder, join(folder, 'codec')].filter((path) => existsSync(path));
  return folders.flatMap((path) =>
    readdirSync(path)
      .filter((name) => licenceFile.test(name))
      .map((name) => readFileSync(join(path, name), 'utf8').trim()),
  );
}

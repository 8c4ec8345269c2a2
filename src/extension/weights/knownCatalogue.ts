import { readFileSync } from 'node:fs';
import type { ExtensionContext } from 'vscode';
import { ExtensionMode } from 'vscode';
import type { CatalogueEntry } from '../../library/catalogue';
import { catalogue } from '../../library/catalogue';

/** The catalogue; in VS Code's own test mode, and nowhere else, the tests may name one of theirs. */
export function knownCatalogue({
  extensionMode,
}: Pick<ExtensionContext, 'extensionMode'>): readonly CatalogueEntry[] {
  const path = process.env['ALEXNET_TEST_CATALOGUE'];
  if (extensionMode !== ExtensionMode.Test || path === undefined) return catalogue;
  return JSON.parse(readFileSync(path, 'utf8')) as readonly CatalogueEntry[];
}

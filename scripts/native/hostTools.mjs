import { buildHostSources } from '../lib/hostSources.mjs';
import { inRoot } from '../lib/root.mjs';

const entry = inRoot('src', 'host', 'native', 'forScripts.ts');
let tools;

/** The extension's own downloader, lock, check of libraries, unpacker and probe. */
export function hostTools() {
  return (tools ??= buildHostSources(entry, 'native'));
}

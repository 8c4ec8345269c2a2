import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fakeLibrary } from './fakeLibrary';
import { FileHost } from './fileHost';
import { runLines } from './runScript';

/** Enough for several chunks and a cut in the middle. */
const padding = 300_000;

export interface TfjsNodeFiles {
  readonly library: string;
  /** Missing where nothing is prebuilt for this machine. */
  readonly addon?: string;
  readonly names: readonly string[];
}

/** Where tfjs-node's files for this machine would be under an address. */
async function filesUnder(address: string): Promise<TfjsNodeFiles> {
  const { output } = await runLines(
    `const { tfjsNodeFiles } = await load('native/tfjsNodeFiles.mjs');
     const env = { TFJS_NODE_CDN_STORAGE: ${JSON.stringify(address)} };
     const { library, addon, names } = await tfjsNodeFiles(process, env) ?? { names: [] };
     console.log(JSON.stringify({ library: library?.url, addon: addon?.url, names }));`,
  );
  return JSON.parse(output) as TfjsNodeFiles;
}

/** A host with archives laid out as tfjs-node's, whose libraries only look like this machine's. */
export class TfjsNodeHost extends FileHost {
  private published = 0;
  private names: TfjsNodeFiles = { library: '', names: [] };

  override async start(): Promise<this> {
    await super.start();
    this.names = await filesUnder(this.address);
    this.publish();
    return this;
  }

  /** Whether there is a prebuilt addon for this machine: without one it would have to be compiled. */
  get prebuilt(): boolean {
    return this.names.addon !== undefined;
  }

  get libraryPath(): string {
    return this.names.library.slice(this.address.length);
  }

  get addonPath(): string {
    return this.names.addon?.slice(this.address.length) ?? '';
  }

  /** Puts both archives up, with these bytes as each library and as the addon. */
  publish({ library = looksLoadable(), addon = looksLoadable() } = {}): void {
    this.etag = `"${++this.published}"`;
    const libraries = this.names.names.map((name) => [`lib/${name}`, library] as const);
    this.files.set(this.libraryPath, archive(this.libraryPath, Object.fromEntries(libraries)));
    const inside = { 'napi-v8/tfjs_binding.node': addon };
    if (this.prebuilt) this.files.set(this.addonPath, archive(this.addonPath, inside));
  }
}

/** This machine's format and CPU in its head, and nonsense after it. */
export function looksLoadable(): Buffer {
  const head = fakeLibrary(`${process.platform}-${process.arch}`);
  return Buffer.concat([head, randomBytes(padding)]);
}

function archive(name: string, contents: Readonly<Record<string, Buffer>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'alexnet-archive-'));
  try {
    for (const [path, bytes] of Object.entries(contents)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const file = join(folder, name.slice(name.lastIndexOf('/') + 1));
    const tops = [...new Set(Object.keys(contents).map((path) => path.split('/')[0]!))];
    execFileSync('tar', ['-a', '-c', '-f', file, '-C', folder, ...tops]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

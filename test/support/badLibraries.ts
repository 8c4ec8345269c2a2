import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { looksLoadable } from './tfjsNodeHost';

/** An ELF head for a CPU that none of ours is. */
export function elfHead(): Buffer {
  const head = Buffer.alloc(200);
  head.write('\x7fELF', 'latin1');
  head.writeUInt16LE(0xf3, 18);
  return head;
}

/** A library as this machine's, but for another CPU. */
export function otherCpu(): Buffer {
  if (process.platform !== 'linux') return elfHead();
  const library = looksLoadable();
  library.writeUInt16LE(process.arch === 'x64' ? 0xb7 : 0x3e, 18);
  return library;
}

/** A library that ends its process when it is loaded; undefined without a compiler. */
export function compileCrash(folder: string): Buffer | undefined {
  if (process.platform === 'win32') return undefined;
  const [source, library] = ['crash.c', 'crash.node'].map((name) => join(folder, name)) as [
    string,
    string,
  ];
  const crash =
    '#include <stdlib.h>\n__attribute__((constructor)) static void crash(void) { abort(); }\n';
  try {
    writeFileSync(source, crash);
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, source], { stdio: 'ignore' });
    return readFileSync(library);
  } catch {
    return undefined;
  } finally {
    for (const file of [source, library]) rmSync(file, { force: true });
  }
}

/** Whether a small disk in memory could be mounted: as root on Linux, where that is allowed. */
export function mount(folder: string, option: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', option, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

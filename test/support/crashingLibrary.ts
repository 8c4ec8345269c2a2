import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = '__attribute__((constructor)) static void crash(void) { __builtin_trap(); }\n';

/** A shared library whose loading ends the process, built with this machine's C compiler; undefined without one. */
export function crashingLibrary(folder: string): Buffer | undefined {
  const path = join(folder, 'crash.node');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-x', 'c', '-', '-o', path], { input: source });
    return readFileSync(path);
  } catch {
    // No compiler, or one that speaks another language.
    return undefined;
  }
}

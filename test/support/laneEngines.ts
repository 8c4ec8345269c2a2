import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { environment } from './environment';

/** Ends, stops or lets go on the engines of the VS Code that a test of the browser's ring works with. */
export function signalEngines(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  const home = dirname(environment('ALEXNET_VSCODE_DATA'));
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    if (isEngineOf(name, home)) process.kill(Number(name), signal);
  }
}

function isEngineOf(process: string, home: string): boolean {
  try {
    const command = readFileSync(`/proc/${process}/cmdline`, 'utf8');
    return command.includes(home) && /dist[\\/]engine\.js/.test(command);
  } catch {
    // It ended between the listing and the look.
    return false;
  }
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Kills a process with all that it has started and that still runs: a child that hangs outlives its parent else. */
export function killTree(pid) {
  if (process.platform === 'win32') return taskkill(pid);
  const parents = existsSync('/proc/self/stat') ? fromProc() : fromPs();
  const tree = [pid];
  for (const root of tree) {
    tree.push(...parents.filter(({ parent }) => parent === root).map((child) => child.pid));
  }
  for (const each of tree) kill(each);
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function taskkill(pid) {
  try {
    execFileSync('taskkill', ['/pid', `${pid}`, '/t', '/f'], { stdio: 'ignore' });
  } catch {
    // It has ended already.
  }
}

function fromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        // It ended between the listing and the look.
        return [];
      }
    });
}

function fromPs() {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n');
  return lines.map((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return { pid, parent };
  });
}

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** What Pillow makes of a file, turned upright and as RGB; `unknown` where it took too long or ended. */
export interface PillowAnswer {
  readonly refused?: string;
  readonly unknown?: string;
  readonly width?: number;
  readonly height?: number;
  readonly sha256?: string;
  /** Base64 of [height, width, 3], of small pictures. */
  readonly rgb?: string;
}

/** A Python process that reads pictures by Pillow. */
export interface Pillow {
  read(bytes: Uint8Array): Promise<PillowAnswer>;
  stop(): void;
}

/** Starts it; a file that ends it is answered by `unknown`, and the next one starts it anew. */
export function startPillow(python: string): Pillow {
  let running = start(python);
  return {
    async read(bytes) {
      const { child, lines } = running;
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      const answered = once(lines, 'line').then(
        ([line]) => JSON.parse(String(line)) as PillowAnswer,
      );
      const ended = once(child, 'close').then(() => undefined);
      child.stdin.write(Buffer.concat([length, bytes]));
      const answer = await Promise.race([answered, ended]);
      if (answer) return answer;
      running = start(python);
      return { unknown: `Python ended with ${child.signalCode ?? child.exitCode}` };
    },
    stop: () => running.child.kill(),
  };
}

function start(python: string): { child: ChildProcessWithoutNullStreams; lines: Interface } {
  const child = spawn(python, ['-B', resolve('test/fuzz/readByPillow.py')]);
  // Who asked hears of the end.
  child.stdin.on('error', () => undefined);
  return { child, lines: createInterface({ input: child.stdout }) };
}

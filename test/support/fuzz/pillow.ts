import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

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
      child.stdin.write(Buffer.concat([length, bytes]));
      const line = await lines.next();
      if (line.done !== true) return JSON.parse(line.value) as PillowAnswer;
      running = start(python);
      return { unknown: `Python ended with ${child.signalCode ?? child.exitCode}` };
    },
    stop: () => running.child.kill(),
  };
}

function start(python: string): {
  readonly child: ChildProcessWithoutNullStreams;
  readonly lines: AsyncIterator<string>;
} {
  const child = spawn(python, ['-B', resolve('test/fuzz/readByPillow.py')]);
  // Who asked hears of the end by its answer.
  child.stdin.on('error', () => undefined);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

import { appendFileSync } from 'node:fs';

/** Names something that this machine cannot run; the closing lines of `npm test` list it. */
export function notRun(what: string): void {
  const file = process.env['ALEXNET_NOT_RUN'];
  if (file) appendFileSync(file, `${what}\n`);
}

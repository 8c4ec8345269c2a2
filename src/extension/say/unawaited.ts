import { log } from './log';

/** Work that nobody waits for, such as a message that stays until it is read; what goes wrong is in the log. */
export function unawaited(work: Thenable<unknown>): void {
  work.then(undefined, (error: unknown) => log.error(String(error)));
}

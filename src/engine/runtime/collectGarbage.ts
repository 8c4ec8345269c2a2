import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What is worth the 10 ms that a collection takes, in bytes. */
const worthBytes = 2 ** 23;

let collect: (() => void) | undefined;
/** Let go since the last collection, in bytes. */
let waiting = 0;

/**
 * Frees large arrays that were just let go: V8 hardly counts their bytes, and would keep 250 MB of read
 * weights beside those that the backend holds. `bytes` is how much was let go; little is left until it is worth the time.
 */
export function collectGarbage(bytes: number): void {
  waiting += bytes;
  if (waiting < worthBytes) return;
  waiting = 0;
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}

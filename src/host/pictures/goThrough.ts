import { describeError } from '../errors';
import { log } from '../log';
import { isCancellation, partOf, type TaskContext } from '../task/task';
import type { Strip, StripEntry } from './strip';

interface Steps {
  /** A picture's turn has come. */
  readonly onTurn: () => void;
  readonly classify: (entry: StripEntry, task: TaskContext) => Promise<void>;
}

/** Runs what a strip has to run until nothing is left; goes on past what fails, and gives that in one error at the end. */
export async function goThrough(
  strip: Strip,
  task: TaskContext,
  steps: Steps,
): Promise<Error | undefined> {
  // One may run twice: when its turn comes, and when the person goes to it.
  const failures = new Map<number, unknown>();
  const done = new Set<number>();
  for (let entry = strip.next(); entry; entry = strip.next()) {
    task.signal.throwIfAborted();
    steps.onTurn();
    const share = (fraction: number): number =>
      (done.size + fraction) / (done.size + 1 + strip.left);
    try {
      failures.delete(entry.id);
      await steps.classify(entry, partOf(task, share));
    } catch (error) {
      if (isCancellation(error)) throw error;
      failures.set(entry.id, error);
      log.error(describeError(error));
      strip.failed(entry.id, describeError(error));
    }
    done.add(entry.id);
  }
  return failureOf([...failures.values()], done.size);
}

/** Undefined where nothing went wrong. */
function failureOf(failures: readonly unknown[], count: number): Error | undefined {
  const [first] = failures;
  if (failures.length === 0) return undefined;
  if (failures.length === 1) return first instanceof Error ? first : new Error(String(first));
  return new Error(
    `${failures.length} of ${count} pictures failed, the first: ${describeError(first)}`,
  );
}

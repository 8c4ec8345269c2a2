import { TaskQueue } from '../../src/host/task/taskQueue';

/** A queue whose tasks nobody watches. */
export function unseenTasks(): TaskQueue {
  return new TaskQueue({
    visible: false,
    update: () => undefined,
    showError: () => undefined,
    showProgress: () => undefined,
  });
}

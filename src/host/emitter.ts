/** What ends a subscription or gives back a resource. */
export interface Disposable {
  dispose(): void;
}

/** Tells its listeners, in the order in which they subscribed. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** Subscribes; what is returned ends that. */
  readonly event = (listener: (value: T) => void): Disposable => {
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** One end of a channel; what is sent arrives as the same structure at the other end. */
export interface Port {
  send(message: Message): void;
  receive(listener: (message: Message) => void): void;
}

/** A method by name: what it takes, gives and reports on the way. */
export interface Method {
  readonly params: unknown;
  readonly result: unknown;
  readonly progress: unknown;
}

export type Methods<T> = { readonly [K in keyof T]: Method };

/** What a handler is told besides its parameters. */
export interface CallContext<Progress> {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

export type Handlers<T extends Methods<T>> = {
  readonly [K in keyof T]: (
    params: T[K]['params'],
    context: CallContext<T[K]['progress']>,
  ) => T[K]['result'] | Promise<T[K]['result']>;
};

export interface CallOptions<Progress> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The messages that cross a channel. A request ends in one result or one error. */
export type Message =
  | {
      readonly type: 'request';
      readonly id: number;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | {
      readonly type: 'error';
      readonly id: number;
      readonly name: string;
      readonly message: string;
    };

/** What the other end threw; `remoteName` is its class there. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  constructor(
    readonly remoteName: string,
    message: string,
  ) {
    super(message);
  }
}

/** The other end went away, or this end was closed, before the answer came. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';
}

/** The caller gave up. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('cancelled');
  }
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

/** Calls the other end's methods and answers its calls of ours. */
export class Rpc<Local extends Methods<Local>, Remote extends Methods<Remote>> {
  private nextId = 1;
  private closed: ClosedError | undefined;
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, AbortController>();

  constructor(
    private readonly port: Port,
    private readonly handlers: Handlers<Local>,
  ) {
    port.receive((message) => this.take(message));
  }

  /** Calls a method of the other end; rejects with RemoteError, CancelledError or ClosedError. */
  call<K extends keyof Remote & string>(
    method: K,
    params: Remote[K]['params'],
    options: CallOptions<Remote[K]['progress']> = {},
  ): Promise<Remote[K]['result']> {
    const { signal, onProgress } = options;
    if (this.closed) return Promise.reject(this.closed);
    if (signal?.aborted) return Promise.reject(new CancelledError());
    const id = this.nextId++;
    const cancel = (): void => {
      this.post({ type: 'cancel', id });
      this.settle(id)?.reject(new CancelledError());
    };
    signal?.addEventListener('abort', cancel, { once: true });
    return new Promise<Remote[K]['result']>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, onProgress });
      this.post({ type: 'request', id, method, params });
    }).finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Rejects what is pending, aborts what runs here, and refuses calls from now on. */
  close(why: string): void {
    if (this.closed) return;
    const error = new ClosedError(why);
    this.closed = error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
    for (const controller of this.running.values()) controller.abort(error);
    this.running.clear();
  }

  private post(message: Message): void {
    try {
      this.port.send(message);
    } catch (error) {
      this.close(`the channel is broken: ${describe(error).message}`);
    }
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private take(message: Message): void {
    if (this.closed) return;
    switch (message.type) {
      case 'request':
        void this.answer(message.id, message.method, message.params);
        return;
      case 'cancel':
        this.running.get(message.id)?.abort(new CancelledError());
        return;
      case 'progress':
        this.pending.get(message.id)?.onProgress?.(message.value as never);
        return;
      case 'result':
        this.settle(message.id)?.resolve(message.value);
        return;
      case 'error':
        this.settle(message.id)?.reject(new RemoteError(message.name, message.message));
        return;
    }
  }

  private async answer(id: number, method: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const context = {
      signal: controller.signal,
      report: (value: unknown) =>
        this.running.has(id) && this.post({ type: 'progress', id, value }),
    };
    try {
      if (!Object.hasOwn(this.handlers, method)) throw new Error(`unknown method "${method}"`);
      const value: unknown = await this.handlers[method as keyof Local](params, context);
      if (!controller.signal.aborted) this.post({ type: 'result', id, value });
    } catch (error) {
      if (!controller.signal.aborted) this.post({ type: 'error', id, ...describe(error) });
    } finally {
      this.running.delete(id);
    }
  }
}

function describe(error: unknown): { name: string; message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

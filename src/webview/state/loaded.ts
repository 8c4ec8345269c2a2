/** Something that the host is asked for: on its way, there, or refused. */
export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly why: string };

/** Answers of the host by key, asked for once each; the ones unused for longest are let go. */
export class LoadedCache<T> {
  private readonly entries = new Map<string, Loaded<T>>();

  /** `onLoaded` is called when an answer is there, so that what shows it is drawn anew. */
  constructor(
    private readonly limit: number,
    private readonly onLoaded: () => void,
  ) {}

  /** What is known under this key now; asks with `load` where nothing is. The same object until it changes. */
  get(key: string, load: () => Promise<T>): Loaded<T> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known;
    }
    const loading: Loaded<T> = { status: 'loading' };
    this.set(key, loading);
    load().then(
      (value) => this.arrive(key, loading, { status: 'ready', value }),
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.arrive(key, loading, { status: 'failed', why });
      },
    );
    return loading;
  }

  /** What is known, or the answer to a question of one's own, whose failure is the asker's. */
  async now(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    if (known?.status === 'ready') return known.value;
    const value = await load();
    // Who shows what is on its way is told when that arrives.
    if (!this.entries.has(key)) this.set(key, { status: 'ready', value });
    return value;
  }

  /** Forgets what failed, so that it is asked for again. */
  retry(): void {
    for (const [key, { status }] of this.entries) if (status === 'failed') this.entries.delete(key);
    this.onLoaded();
  }

  private arrive(key: string, loading: Loaded<T>, answer: Loaded<T>): void {
    if (this.entries.get(key) !== loading) return;
    this.set(key, answer);
    this.onLoaded();
  }

  private set(key: string, entry: Loaded<T>): void {
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.limit && oldest !== undefined) this.entries.delete(oldest);
  }
}

import { messageOf, type Resource } from '../draw/resource';

/** Answers of the host by key, asked for once each; the ones unused for longest are let go. */
export class ResourceCache<T> {
  private readonly entries = new Map<string, Resource<T>>();

  /** `onLoaded` is called when an answer is there, so that what shows it is drawn anew. */
  constructor(
    private readonly limit: number,
    private readonly onLoaded: () => void,
  ) {}

  /** What is known under this key now; asks with `load` where nothing is. The same object until it changes. */
  get(key: string, load: () => Promise<T>): Resource<T> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known;
    }
    const loading: Resource<T> = { status: 'loading' };
    this.set(key, loading);
    load().then(
      (value) => this.arrive(key, loading, { status: 'ready', value }),
      (error: unknown) => {
        this.arrive(key, loading, { status: 'failed', why: messageOf(error) });
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

  private arrive(key: string, loading: Resource<T>, answer: Resource<T>): void {
    if (this.entries.get(key) !== loading) return;
    this.set(key, answer);
    this.onLoaded();
  }

  private set(key: string, entry: Resource<T>): void {
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.limit && oldest !== undefined) this.entries.delete(oldest);
  }
}

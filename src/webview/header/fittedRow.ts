import { dirtyCheck } from '../draw/redraw';
import { concessions, concessionsFor, type Concession } from './concessions';

/** Keeps a row in one line: gives up what its width has no room for, in a fixed order. The style sheet hides it. */
export class FittedRow {
  private readonly changed = dirtyCheck();
  private needed: readonly number[] = [];

  constructor(
    private readonly row: HTMLElement,
    private readonly refitted: () => void,
  ) {
    new ResizeObserver(() => this.fit()).observe(row);
  }

  /** What was given up. */
  get given(): readonly Concession[] {
    return concessions.slice(0, Number(this.row.dataset['given'] ?? 0));
  }

  /** Measures the row anew where what it says changed. */
  update(...content: readonly unknown[]): void {
    if (this.changed(...content)) this.needed = [];
    this.fit();
  }

  private fit(): void {
    const room = this.row.clientWidth;
    if (room === 0) return;
    if (this.needed.length === 0) this.needed = this.measure();
    const before = this.row.dataset['given'];
    this.give(concessionsFor(this.needed, room).length);
    if (this.row.dataset['given'] !== before) this.refitted();
  }

  /** The width with none, one, two concessions and so on, of which nobody sees anything. */
  private measure(): readonly number[] {
    const before = this.row.dataset['given'];
    this.row.classList.add('measured');
    const needed = Array.from({ length: concessions.length + 1 }, (_, count) => {
      this.give(count);
      return this.row.offsetWidth;
    });
    this.row.classList.remove('measured');
    if (before !== undefined) this.give(Number(before));
    return needed;
  }

  private give(count: number): void {
    // The same once more would have the browser work out its style anew.
    if (this.row.dataset['given'] === String(count)) return;
    this.row.dataset['given'] = String(count);
    this.row.dataset['gives'] = concessions.slice(0, count).join(', ');
  }
}

import type { CatalogueEntry } from '../../library/catalogue';
import type { Memory } from '../fileMemory';

interface Offerable {
  /** The one that is shown. */
  readonly documentId: string;
  readonly entries: readonly CatalogueEntry[];
  readonly isDownloaded: (entry: CatalogueEntry) => boolean;
  /** A set that was chosen before and is not there. */
  readonly wanted: CatalogueEntry | undefined;
  /** The classes that the weights in use know, where these are only some. */
  readonly known?: readonly number[] | undefined;
}

/**
 * The published set to offer in place of random weights: the shown network's own, as far as there is one; what is
 * downloaded goes first. In place of weights that know some classes, one that knows all.
 */
export function offeredSet({
  documentId,
  entries,
  isDownloaded,
  wanted,
  known,
}: Offerable): CatalogueEntry | undefined {
  const better = known ? entries.filter(({ classes }) => !classes) : entries;
  const own = better.filter((entry) => entry.documentId === documentId);
  if (wanted && (own.length === 0 || own.includes(wanted))) return wanted;
  const fitting = own.length > 0 ? own : better;
  return fitting.find(isDownloaded) ?? fitting[0];
}

const key = 'alexnet.declinedWeights';

/** When trained weights are offered in a notification: once in a window, and to nobody who said no in this workspace. */
export class OfferMemory {
  private wasMade = false;

  constructor(private readonly state: Memory) {}

  /** Whether a notification may come by itself; the next one may not. */
  mayCome(): boolean {
    const isFirst = !this.wasMade && this.declined.length === 0;
    this.wasMade = true;
    return isFirst;
  }

  hasDeclined({ id }: CatalogueEntry): boolean {
    return this.declined.includes(id);
  }

  async decline({ id }: CatalogueEntry): Promise<void> {
    await this.state.update(key, [...new Set([...this.declined, id])]);
  }

  private get declined(): readonly unknown[] {
    const kept = this.state.get(key);
    return Array.isArray(kept) ? (kept as readonly unknown[]) : [];
  }
}

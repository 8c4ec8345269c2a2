import type { WeightsChoice } from './weightsChoice';

const key = 'alexnet.weights';

/** What is kept for a workspace from one window to the next, by key. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A choice of weights as it is kept, for a workspace. */
export type RememberedWeights =
  | { readonly kind: 'random' }
  | { readonly kind: 'published'; readonly id: string }
  | { readonly kind: 'file'; readonly uri: string };

/** The choice for each document, by its id, as far as a person made one in this workspace. */
export class WeightsMemory {
  constructor(private readonly state: Memory) {}

  /** Undefined where nothing was ever chosen here: the setting counts then. */
  all(): ReadonlyMap<string, RememberedWeights> | undefined {
    const kept = this.state.get(key);
    if (typeof kept !== 'object' || kept === null) return undefined;
    const found = new Map<string, RememberedWeights>();
    for (const [documentId, value] of Object.entries(kept)) {
      const one = remembered(value);
      if (one) found.set(documentId, one);
    }
    return found;
  }

  async keep(documentId: string, choice: WeightsChoice): Promise<void> {
    const all = Object.fromEntries(this.all() ?? []);
    await this.state.update(key, { ...all, [documentId]: toRemember(choice) });
  }

  /** The setting has changed: it counts again. */
  async forget(): Promise<void> {
    await this.state.update(key, undefined);
  }
}

function toRemember(choice: WeightsChoice): RememberedWeights {
  switch (choice.kind) {
    case 'random':
      return { kind: 'random' };
    case 'published':
      return { kind: 'published', id: choice.entry.id };
    case 'file':
      return { kind: 'file', uri: choice.file.uri };
  }
}

/** What a former version kept may look otherwise. */
function remembered(value: unknown): RememberedWeights | undefined {
  const { kind, id, uri } = (value ?? {}) as {
    readonly kind?: unknown;
    readonly id?: unknown;
    readonly uri?: unknown;
  };
  if (kind === 'random') return { kind };
  if (kind === 'published' && typeof id === 'string') return { kind, id };
  if (kind === 'file' && typeof uri === 'string') return { kind, uri };
  return undefined;
}

import type { Memory } from '../fileMemory';
import type { WeightsChoice } from './weightsChoice';
import { isAbsolute } from 'node:path';

const key = 'alexnet.weights';

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

/** The weights that a setting or an earlier choice asks for; `shipped` are those that come with the extension, where it has some. */
export type WantedWeights =
  | { readonly kind: 'shipped' }
  | { readonly kind: 'random' }
  | { readonly kind: 'published'; readonly id: string }
  | { readonly kind: 'file'; readonly path: string };

/** What `alexnet.weights` asks for, or in a sentence why it cannot be taken. `own` is its value in the person's own settings: only there a path counts. */
export function wantedWeights(
  value: unknown,
  own: unknown,
  ids: readonly string[],
): WantedWeights | { readonly why: string } {
  if (value === undefined || value === '' || value === 'shipped') return { kind: 'shipped' };
  if (value === 'random') return { kind: 'random' };
  const shown = `the setting alexnet.weights is ${JSON.stringify(value)}`;
  if (typeof value !== 'string') return { why: `${shown}; give it a text` };
  if (ids.includes(value)) return { kind: 'published', id: value };
  if (!isAbsolute(value))
    return {
      why: `${shown}; it can be shipped, random, ${ids.join(', ')}, or the whole path of a file`,
    };
  if (value !== own)
    return { why: `${shown}; a path counts only in the user settings, not in a workspace's` };
  return { kind: 'file', path: value };
}

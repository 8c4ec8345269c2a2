const key = 'alexnet.pictures';

/** What is kept for a workspace from one window to the next, by key. */
export interface WorkspaceMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): void;
}

/** The pictures that were stepped through, or the one alone, by their addresses; `at` is the one that was shown. */
export interface KeptPictures {
  readonly uris: readonly string[];
  readonly at: number;
  readonly leftOut: number;
  /** The other picture of two that were compared. */
  readonly compared?: KeptComparison;
}

export interface KeptComparison {
  readonly uri: string;
  /** When it began, as the page knows it. */
  readonly begun: number;
}

/** Which pictures a person looked at last in a workspace. */
export class PicturesMemory {
  private last: KeptPictures | undefined;

  constructor(private readonly memory: WorkspaceMemory) {
    this.last = readPictures(memory.get(key));
  }

  get pictures(): KeptPictures | undefined {
    return this.last;
  }

  /** Writes what differs from what is kept. */
  keep(pictures: KeptPictures | undefined): void {
    if (JSON.stringify(pictures) === JSON.stringify(this.last)) return;
    this.last = pictures;
    this.memory.update(key, pictures);
  }
}

/** What a former version kept may look otherwise. */
function readPictures(kept: unknown): KeptPictures | undefined {
  const { uris, at, leftOut, compared } = (kept ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(uris) || !uris.every((uri) => typeof uri === 'string')) return undefined;
  if (typeof at !== 'number' || uris[at] === undefined) return undefined;
  const pictures = { uris, at, leftOut: typeof leftOut === 'number' ? leftOut : 0 };
  const { uri, begun } = (compared ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof uri !== 'string' || typeof begun !== 'number') return pictures;
  return { ...pictures, compared: { uri, begun } };
}

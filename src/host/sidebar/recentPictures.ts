import { Emitter } from '../emitter';
import type { Moved } from '../fileRef';
import type { PictureOutcome } from '../session/session';

/** A picture that was classified in this workspace, and how it went the last time. */
export interface RecentPicture {
  readonly uri: string;
  readonly label: string;
  readonly outcome: RecentLabel | RecentFailure;
}

interface RecentLabel {
  readonly kind: 'label';
  readonly label: string;
  readonly probability: number;
  readonly trained: boolean;
  readonly network: string;
  readonly weights: string;
}

interface RecentFailure {
  readonly kind: 'failure';
  /** A sentence with the picture's name in front. */
  readonly why: string;
}

interface RecentOptions {
  /** What an earlier window kept. */
  readonly kept: unknown;
  readonly keep: (pictures: readonly RecentPicture[]) => void;
  /** Whether a picture can be found again, unlike one that was pasted. */
  readonly lasts: (uri: string) => boolean;
}

/** As many as a person looks through. */
export const maxRecent = 30;

/** The pictures of a workspace that were classified last, the newest first. */
export class RecentPictures {
  private list: readonly RecentPicture[];
  private readonly changed = new Emitter<void>();

  readonly onDidChange = this.changed.event;

  constructor(private readonly options: RecentOptions) {
    const { kept } = options;
    this.list = Array.isArray(kept) ? kept.filter(isRecentPicture).slice(0, maxRecent) : [];
  }

  get all(): readonly RecentPicture[] {
    return this.list;
  }

  note({ file, ...rest }: PictureOutcome): void {
    const { uri, label } = file;
    if (!this.options.lasts(uri)) return;
    const outcome = 'why' in rest ? ({ kind: 'failure', why: rest.why } as const) : labelOf(rest);
    if (!outcome) return;
    const others = this.list.filter((picture) => picture.uri !== uri);
    this.replace([{ uri, label, outcome }, ...others].slice(0, maxRecent));
  }

  /** Files have other names now, or lie elsewhere. */
  rename(moved: Moved): void {
    const list = this.list.map((picture): RecentPicture => {
      const file = moved(picture.uri);
      return file ? { ...picture, uri: file.uri, label: file.label } : picture;
    });
    if (list.some((picture, index) => picture !== this.list[index])) this.replace(list);
  }

  forget(uri: string): void {
    this.replace(this.list.filter((picture) => picture.uri !== uri));
  }

  clear(): void {
    this.replace([]);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private replace(list: readonly RecentPicture[]): void {
    this.list = list;
    this.options.keep(list);
    this.changed.fire();
  }
}

function labelOf({ view }: Pick<Extract<PictureOutcome, { view: unknown }>, 'view'>) {
  const [best] = view.predictions;
  if (!best) return undefined;
  const { label, probability } = best;
  const { trained, network, weights } = view;
  return { kind: 'label', label, probability, trained, network, weights } as const;
}

/** What a former version kept may look otherwise. */
function isRecentPicture(value: unknown): value is RecentPicture {
  const { uri, label, outcome } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof uri !== 'string' || typeof label !== 'string') return false;
  const known = (outcome ?? {}) as Readonly<Record<string, unknown>>;
  if (known['kind'] === 'failure') return typeof known['why'] === 'string';
  return (
    known['kind'] === 'label' &&
    typeof known['probability'] === 'number' &&
    typeof known['trained'] === 'boolean' &&
    ['label', 'network', 'weights'].every((part) => typeof known[part] === 'string')
  );
}

import type { RgbPicture } from '../../protocol/runMaps';
import type { FileRef, Moved } from '../fileRef';
import { Strip } from './strip';

/** Pictures of an earlier window in order; `at` is the one that was shown. */
export interface EarlierList extends Pick<Strip, 'files' | 'leftOut'> {
  readonly at: number;
}

/** The pictures that a person goes through, and those before them, to which they can go back. */
export class Strips {
  private ids = 0;
  private present: Strip | undefined;
  private aside: Strip | undefined;

  get current(): Strip | undefined {
    return this.present;
  }

  /** How many pictures a person can go back to; undefined where there are none. */
  get sizeAside(): number | undefined {
    return this.aside?.size;
  }

  /** What is to run next: one picture more joins a strip and runs first, several are a strip of their own. */
  take(files: readonly FileRef[], leftOut: number): Strip {
    const once = [...new Map(files.map((file) => [file.uri, file])).values()];
    const [only] = once;
    const joined = only && once.length === 1 ? this.join(only) : undefined;
    if (joined) return joined;
    const strip = new Strip(once, { leftOut, nextId: () => ++this.ids });
    strip.begin();
    this.replace(strip);
    return strip;
  }

  /** A picture from elsewhere is shown: one alone makes way for it. */
  leave(): void {
    if (!this.present?.isSeveral) this.replace(undefined);
  }

  close(): void {
    this.replace(undefined);
  }

  /** None is left, nor any to go back to. */
  forget(): void {
    this.present = undefined;
    this.aside = undefined;
  }

  /** Some pictures may be among the files that have other names now. */
  rename(moved: Moved): void {
    for (const strip of [this.present, this.aside]) strip?.rename(moved);
  }

  /** Changes places with the pictures before. */
  goBack(): Strip | undefined {
    const { aside } = this;
    if (!aside) return undefined;
    this.aside = undefined;
    this.replace(aside);
    return aside;
  }

  /** The small picture of one that has run; throws of others. */
  thumbnail(id: number): RgbPicture {
    const entry = this.current?.entry(id);
    if (entry?.result) return entry.result.thumbnail;
    throw new Error(`picture ${id} has no thumbnail yet`);
  }

  private join(file: FileRef): Strip | undefined {
    const { present } = this;
    if (!present) return undefined;
    const known = present.idOf(file);
    if (known === undefined && !present.isSeveral) return undefined;
    const id = known ?? present.add(file, ++this.ids);
    present.resume();
    present.ask(id);
    return present;
  }

  private replace(strip: Strip | undefined): void {
    if (this.present?.isSeveral) this.aside = this.present;
    this.present = strip;
  }
}

import type { PictureNotice } from '../../protocol/panelProtocol';
import { describeError } from '../errors';
import type { Pictures } from '../pictures/pictures';
import type { EarlierList } from '../pictures/strips';

interface EarlierOptions {
  readonly pictures: Pictures;
  readonly list: EarlierList;
  /** Puts what was beside the one that was shown beside it again. */
  readonly compare: () => Promise<void>;
  readonly onChange: () => void;
}

/** The pictures of an earlier window, which come back when the panel is seen: the one that was shown runs again. */
export class EarlierPictures {
  private state: 'waiting' | 'running' | { readonly why: string } = 'waiting';

  constructor(private readonly options: EarlierOptions) {}

  /** Undefined once something is shown. */
  get notice(): PictureNotice | undefined {
    const { pictures, list } = this.options;
    const name = list.files[list.at]?.label;
    const { state } = this;
    if (pictures.run || name === undefined || state === 'waiting') return undefined;
    return state === 'running' ? { kind: 'returning', name } : { kind: 'lost', name, ...state };
  }

  /** Once, and not where a person has begun with other pictures. */
  begin(): void {
    if (this.state === 'waiting') void this.run();
  }

  async run(): Promise<void> {
    const { pictures, list, onChange, compare } = this.options;
    if (pictures.run || pictures.isWorking || this.state === 'running') return;
    this.state = 'running';
    onChange();
    let why = 'It was not run again.';
    await pictures.bringBack(list, (error) => (why = describeError(error)));
    this.state = { why };
    onChange();
    if (this.options.pictures.run) await compare();
  }
}

import type { StrongestCells } from '../../protocol/likes';

/** A picture by its number, and the cell of a layer that answers most in it. */
export interface StrongPatch {
  readonly picture: number;
  readonly value: number;
  /** Row by row. */
  readonly cell: number;
}

/** For each channel of a layer the pictures that it answers most to, each with its strongest cell; adding one costs its channels. */
export class StrongestPatches {
  private readonly channels: StrongPatch[][] = [];

  /** `most`: how many pictures are kept for a channel. */
  constructor(private readonly most: number) {}

  /** Of equals the one stays in front that came first; a value that is no number is left out. */
  add(picture: number, { values, cells }: StrongestCells): void {
    values.forEach((value, channel) => {
      const kept = (this.channels[channel] ??= []);
      const last = kept.at(-1);
      const isFull = kept.length === this.most;
      if (Number.isNaN(value) || (isFull && last && value <= last.value)) return;
      const at = kept.findIndex((each) => each.value < value);
      kept.splice(at < 0 ? kept.length : at, 0, { picture, value, cell: cells[channel] ?? 0 });
      kept.length = Math.min(kept.length, this.most);
    });
  }

  /** The strongest first. */
  of(channel: number): readonly StrongPatch[] {
    return this.channels[channel] ?? [];
  }
}

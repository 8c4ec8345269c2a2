import type { ModelDocument } from '../../network/modelDocument';
import { layerNamed } from '../../network/network';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { Sight } from '../../network/sight';
import { mapShape } from '../../network/tensor/cell';
import type { Area } from '../../network/tensor/span';
import type { Patch, StrongestCells } from '../../protocol/likes';
import type { PatchSource } from './patchSource';
import { StrongestPatches, type StrongPatch } from './strongestPatches';

interface About {
  readonly document: ModelDocument;
  readonly layer: string;
  readonly preprocess: Preprocess;
  /** How many pictures are kept for a channel. */
  readonly most: number;
}

/** What has been found so far in pictures that go through a network. */
export class FoundPatches {
  readonly document: ModelDocument;
  readonly layer: string;
  readonly preprocess: Preprocess;
  readonly channels: number;
  /** By the picture's number: why it cannot be read. */
  readonly unreadable = new Map<number, string>();
  private readonly strongest: StrongestPatches;
  private readonly columns: number;
  private readonly sight: Sight;
  private answered = 0;

  /** Throws where the network has no such layer. */
  constructor(
    { document, layer, preprocess, most }: About,
    readonly source: PatchSource,
  ) {
    const { outputShape, inputs } = layerNamed(document.network, layer);
    if (inputs.length === 0) throw new Error(`${layer} is the picture itself: it likes nothing`);
    this.document = document;
    this.layer = layer;
    this.preprocess = preprocess;
    this.strongest = new StrongestPatches(most);
    [, this.columns, this.channels] = mapShape(outputShape);
    this.sight = new Sight(document.network);
  }

  /** How many pictures are through, read or not. */
  get done(): number {
    return this.answered + this.unreadable.size;
  }

  add(picture: number, cells: StrongestCells): void {
    this.strongest.add(picture, cells);
    this.answered += 1;
  }

  fail(picture: number, why: string): void {
    this.unreadable.set(picture, why);
  }

  /** Of a channel, the strongest first; throws where the layer has no such channel. */
  of(channel: number): readonly Patch[] {
    if (!Number.isSafeInteger(channel) || channel < 0 || channel >= this.channels)
      throw new Error(`${this.layer} has no channel ${channel}: it has ${this.channels}`);
    return this.strongest.of(channel).map((patch) => this.named(patch));
  }

  /** The pixels that a cell sees; undefined where that is padding alone. */
  sees(channel: number, { row, column }: Pick<Patch, 'row' | 'column'>): Area | undefined {
    const { layer, sight } = this;
    const flat = layerNamed(this.document.network, layer).outputShape.length === 1;
    const cell = flat ? sight.cellOfUnit(layer, channel) : { row, column };
    return sight.cellSees(layer, cell.row, cell.column);
  }

  private named({ picture, value, cell }: StrongPatch): Patch {
    const name = this.source.pictures.file(picture).label;
    const row = Math.floor(cell / this.columns);
    return { picture, name, value, row, column: cell % this.columns };
  }
}

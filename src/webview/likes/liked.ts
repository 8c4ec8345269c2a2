import type { LayerSummary } from '../../network/summary';
import { mapShape } from '../../network/tensor/cell';
import { isMapShape } from '../../network/tensor/shape';
import type { UnitTarget } from '../../protocol/explanation';
import type { LikedCells } from '../state/likesLook';

/** A channel of a layer, or one of its units, of which is asked what it likes. */
export interface Liked {
  readonly layer: string;
  readonly outputShape: LayerSummary['outputShape'];
  readonly channel: number;
}

/** `channel 12`, `unit 12`. */
export function likedWords({ outputShape, channel }: Liked): string {
  return `${isMapShape(outputShape) ? 'channel' : 'unit'} ${channel}`;
}

/** What a picture is made for. */
export function likedTarget({ layer, outputShape, channel }: Liked, cells: LikedCells): UnitTarget {
  if (!isMapShape(outputShape)) return { layer, unit: [0, 0, channel] };
  if (cells === 'all') return { layer, channel };
  const [rows, columns] = mapShape(outputShape);
  return { layer, unit: [Math.floor(rows / 2), Math.floor(columns / 2), channel] };
}

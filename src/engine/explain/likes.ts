import { crop } from '../../imaging/crop';
import { decodePicture } from '../../imaging/decodePicture';
import { preprocess } from '../../imaging/preprocess';
import { spanLength } from '../../network/tensor/span';
import type { Exclusive } from '../../protocol/exclusive';
import type { EngineLikes } from '../../protocol/explanationCalls';
import type { Handlers } from '../../protocol/rpc';
import type { Batches } from '../batch/batches';
import { strongestCells } from '../batch/strongestCells';
import type { BuiltModel } from '../model/builtModel';
import { explainMemory } from '../runtime/outOfMemory';
import { imagine } from './imagine';

interface LikesOptions {
  /** What the engine works in turns by. */
  readonly exclusive: Exclusive;
  readonly batches: Pick<Batches, 'take'>;
  /** The model that is loaded; throws where none is. */
  readonly loaded: () => BuiltModel;
  readonly wasmDirectory: string;
}

/** Answers what units and channels like. */
export function likes({
  exclusive,
  batches,
  loaded,
  wasmDirectory,
}: LikesOptions): Handlers<EngineLikes> {
  return {
    imagine: (params, context) =>
      exclusive.run(() => explainMemory(() => imagine(loaded(), params, context)), context.signal),
    strongestCells: ({ batch, layer }, { signal }) =>
      exclusive.run(() => {
        const pictures = batches.take(batch);
        return explainMemory(() => strongestCells(loaded(), pictures, { layer, signal }));
      }, signal),
    // Beside what runs: it needs no model.
    seenPart: async ({ bytes, preprocess: settings, size, area }) => {
      const picture = await decodePicture(bytes, wasmDirectory);
      const { seen } = preprocess(picture, settings, size.height, size.width);
      const [height, width] = [spanLength(area.rows), spanLength(area.columns)];
      return crop(seen, { left: area.columns.first, top: area.rows.first }, { width, height });
    },
  };
}

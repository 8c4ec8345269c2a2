import type { Pixels } from '../../imaging/formats/picture';
import { greyPicture } from '../../imaging/greyPicture';
import { preprocess, type Preprocessed } from '../../imaging/preprocess';
import type { Preprocess } from '../../network/preprocess/preprocess';
import type { MapShape } from '../../network/tensor/shape';
import { EngineError } from '../runtime/engineError';

/** What a network is given of a picture, and the three channels that a person is shown of it. */
export interface PictureInput extends Preprocessed {
  /** As the network's input is shaped, row-major. */
  readonly values: Float32Array;
}

/** Prepares a picture for an input of three channels, or of one: its grey. Throws an EngineError for other inputs. */
export function pictureInput(
  picture: Pixels,
  settings: Preprocess,
  [height, width, channels]: MapShape,
): PictureInput {
  if (channels === 3) {
    const prepared = preprocess(picture, settings, height, width);
    return { ...prepared, values: prepared.tensor };
  }
  if (channels !== 1)
    throw new EngineError(
      `the network's input has ${channels} channels: a picture has three, or one where it is grey`,
    );
  const prepared = preprocess(greyPicture(picture), settings, height, width);
  return { ...prepared, values: prepared.tensor.filter((_, at) => at % 3 === 0) };
}

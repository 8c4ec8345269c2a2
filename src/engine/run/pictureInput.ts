import type { Pixels } from '../../imaging/formats/picture';
import { greyPicture } from '../../imaging/greyPicture';
import { preprocess, type Preprocessed } from '../../imaging/preprocess';
import type { Preprocess } from '../../network/preprocess/preprocess';
import type { MapShape } from '../../network/tensor/shape';
import { EngineError } from '../runtime/engineError';

/** What a network is given of a picture, and the pixels that it was computed from. */
export interface PictureInput extends Pick<Preprocessed, 'seen'> {
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
    const { seen, tensor } = preprocess(picture, settings, height, width);
    return { seen, values: tensor };
  }
  if (channels !== 1)
    throw new EngineError(
      `the network's input has ${channels} channels: a picture has three, or one where it is grey`,
    );
  const { seen, tensor } = preprocess(greyPicture(picture), settings, height, width);
  return { seen, values: tensor.filter((_, at) => at % 3 === 0) };
}

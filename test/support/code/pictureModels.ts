import { decodePicture } from '../../../src/imaging/decodePicture';
import { pictureInput } from '../../../src/engine/run/pictureInput';
import { input, layer, model } from '../../../src/network/functional';
import {
  caffeImageNet,
  stretchToUnit,
  torchvisionImageNet,
} from '../../../src/network/preprocess/preprocess';
import { inputShape } from '../../../src/network/inputShape';
import { image } from '../formula';
import { writePng } from '../writePng';
import { type CodeModel, documentOf, formulaModel } from './codeModels';

/** Every way to prepare a picture, for colours and for grey. */
const ways = {
  stretched: [stretchToUnit, 3],
  warped: [caffeImageNet, 3],
  cropped: [torchvisionImageNet, 3],
  'cropped, grey': [{ ...torchvisionImageNet, filter: 'bicubic' }, 1],
  'stretched to its nearest cells': [{ ...stretchToUnit, filter: 'nearest' }, 3],
} as const;

/** Networks that give back what they are given. */
export const pictureModels: readonly CodeModel[] = Object.entries(ways).map(
  ([name, [preprocess, channels]]) => {
    const picture = input([227, 221, channels]);
    const same = layer({ kind: 'Identity', operation: 'Nothing' }, { name: 'same' })(picture);
    return formulaModel(name, { ...documentOf(name, model(picture, same)), preprocess });
  },
);

/** A picture of a formula, as a PNG. */
export function drawnPicture(height: number, width: number): Uint8Array {
  return writePng(image(height, width, 5), width, height);
}

/** What the engine makes of a picture for a model. */
export async function preparedHere(
  { document }: CodeModel,
  png: Uint8Array,
): Promise<Float32Array> {
  const pixels = await decodePicture(png, '');
  return pictureInput(pixels, document.preprocess, inputShape(document.network)).values;
}

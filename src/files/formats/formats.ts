import type { WeightsFormat } from '../tensorFile';
import { caffemodel } from './caffemodel';
import { deepCompression } from './deepCompression';
import { keras3 } from './keras3';
import { kerasH5 } from './kerasH5';
import { npz } from './npz';
import { onnx } from './onnx';
import { pytorch } from './pytorch';
import { safetensors } from './safetensors';
import { tfjsModel } from './tfjsModel';

/** Every format that is read; a file is of the first that recognises it, so those with a mark of their own come first. Of the zip archives pytorch is the last: it takes all that are left, to say what is wrong with them. */
export const formats: readonly WeightsFormat[] = [
  safetensors,
  tfjsModel,
  kerasH5,
  keras3,
  npz,
  pytorch,
  deepCompression,
  onnx,
  caffemodel,
];

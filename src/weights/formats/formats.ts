import type { WeightsFormat } from '../tensorFile';
import { caffemodel } from './caffemodel';
import { deepCompression } from './deepCompression';
import { npz } from './npz';
import { onnx } from './onnx';
import { pytorch } from './pytorch';
import { safetensors } from './safetensors';
import { tfjsModel } from './tfjsModel';

/**
 * Every format that is read; a file is of the first that recognises it. Those with a mark of their own come first;
 * pytorch takes every zip archive that is left.
 */
export const formats: readonly WeightsFormat[] = [
  safetensors,
  npz,
  pytorch,
  tfjsModel,
  deepCompression,
  onnx,
  caffemodel,
];

import type { WeightsFormat } from '../tensorFile';
import { caffemodel } from './caffemodel';
import { deepCompression } from './deepCompression';
import { onnx } from './onnx';
import { safetensors } from './safetensors';
import { tfjsModel } from './tfjsModel';

/** Every format that is read; a file is of the first that recognises it, so those with a mark of their own come first. */
export const formats: readonly WeightsFormat[] = [
  safetensors,
  tfjsModel,
  deepCompression,
  onnx,
  caffemodel,
];

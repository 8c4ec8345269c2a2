import { randomBytes } from 'node:crypto';
import { dirname, extname, join } from 'node:path';
import type { FileRef } from '../fileRef';
import type { SaveFormat, SaveParams } from '../../protocol/engineProtocol';

/** Formats by the ending of a file's name; TensorFlow.js' is a model.json with shards beside it. */
const formats: ReadonlyMap<string, SaveFormat> = new Map([
  ['.safetensors', 'safetensors'],
  ['.npz', 'npz'],
  ['.json', 'tfjs'],
]);

/** What a save dialogue offers, the first at first. */
export const saveFilters = {
  Safetensors: ['safetensors'],
  'NumPy archive': ['npz'],
  "TensorFlow.js' model.json and its shards": ['json'],
};

/** What the engine is asked to write, and where. The engine writes files of this machine only. */
export function saveTarget({ name, path }: Pick<FileRef, 'name' | 'path'>): SaveParams {
  if (path === undefined)
    throw new Error(`${name} is not on this machine: save it to a folder here`);
  const format = formats.get(extname(name).toLowerCase());
  if (!format) {
    const endings = [...formats.keys()].join(', ');
    throw new Error(`${name} names no format: weights are saved as one of ${endings}`);
  }
  const part = join(dirname(path), `.${name}.${randomBytes(4).toString('hex')}.part`);
  return { path, part, format };
}

import type { WeightsFormat } from '../tensorFile';
import { npz } from './npz';
import { pytorch } from './pytorch';
import { safetensors } from './safetensors';

/** Every format that is read; a file is of the first that recognises it, so pytorch, which takes every zip archive that is left, comes behind the other archives. */
export const formats: readonly WeightsFormat[] = [safetensors, npz, pytorch];

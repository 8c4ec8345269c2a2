import type { WeightsFormat } from '../tensorFile';
import { safetensors } from './safetensors';

/** Every format that is read; a file is of the first that recognises it. */
export const formats: readonly WeightsFormat[] = [safetensors];

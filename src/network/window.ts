import type { Padding } from './layer';
import { NetworkError } from './networkError';

/** One axis of a sliding window. Sizes and pads in elements. */
export interface Window {
  readonly output: number;
  readonly padBefore: number;
  readonly padAfter: number;
}

interface WindowSettings {
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly ceil?: boolean;
}

/**
 * Places a window of `size` every `stride` elements over `input` elements.
 * 'same' is TensorFlow's rule (the odd zero goes after); ceil is Caffe's, whose last window must start inside the padded input's real part.
 */
export function slideWindow(input: number, settings: WindowSettings): Window {
  const { size, stride, padding, ceil = false } = settings;
  if (padding === 'same') {
    const output = Math.ceil(input / stride);
    const total = Math.max(0, (output - 1) * stride + size - input);
    const padBefore = Math.floor(total / 2);
    return { output, padBefore, padAfter: total - padBefore };
  }
  const pad = padding === 'valid' ? 0 : padding;
  const room = input + 2 * pad - size;
  if (room < 0) {
    throw new NetworkError(
      `window ${size} does not fit input ${input}${pad > 0 ? ` + 2 · ${pad}` : ''}`,
    );
  }
  let output = (ceil ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  if (ceil && (output - 1) * stride >= input + pad) output -= 1;
  const reached = (output - 1) * stride + size;
  return { output, padBefore: pad, padAfter: Math.max(pad, reached - input - pad) };
}

/** Outputs written at a time: their values of one input fill a cache line. */
const blockOutputs = 16;

/**
 * Keras' kernel, [h, w, in, out] or [in, out] behind a map of so many cells, as PyTorch's [out, in, h, w] or [out, in]:
 * each output's values together, channel by channel.
 */
export function outputsFirst(
  values: Float32Array,
  cells: number,
  channels: number,
  outputs: number,
): Float32Array {
  const result = new Float32Array(values.length);
  const inputs = cells * channels;
  for (let first = 0; first < outputs; first += blockOutputs) {
    const last = Math.min(first + blockOutputs, outputs);
    for (let channel = 0; channel < channels; channel++) {
      for (let cell = 0; cell < cells; cell++) {
        const from = (cell * channels + channel) * outputs;
        const to = channel * cells + cell;
        for (let output = first; output < last; output++) {
          result[output * inputs + to] = values[from + output] ?? 0;
        }
      }
    }
  }
  return result;
}

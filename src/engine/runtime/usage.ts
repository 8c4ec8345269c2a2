import * as tf from '@tensorflow/tfjs-core';
import type { EngineUsage } from '../../protocol/engineProtocol';

/** Node counts maxRSS in these. */
const bytesPerKilobyte = 1024;

/** What this process holds, besides this many runs. */
export function engineUsage(runs: number): EngineUsage {
  const { numTensors, numBytes } = tf.memory();
  return {
    tensors: numTensors,
    tensorBytes: numBytes,
    runs,
    arrayBytes: process.memoryUsage().arrayBuffers,
    peakBytes: process.resourceUsage().maxRSS * bytesPerKilobyte,
  };
}

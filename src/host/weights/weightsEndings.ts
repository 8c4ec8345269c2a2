/**
 * Endings of files of weights by who writes them, for dialogues and menus; package.json repeats them, as it can refer to
 * nothing. What a file is, its content says.
 */
export const weightsEndings = {
  safetensors: ['safetensors'],
  PyTorch: ['pth', 'pt', 'th', 'ckpt', 'bin', 'tar'],
  Keras: ['keras', 'h5', 'hdf5'],
  ONNX: ['onnx'],
  NumPy: ['npz', 'npy', 'pkl'],
  Caffe: ['caffemodel'],
  'Deep Compression': ['net'],
} as const;

/** What a dialogue offers: by its ending it cannot tell TensorFlow.js' model or an index of shards from other JSON. */
export const weightsExtensions: readonly string[] = [
  ...Object.values(weightsEndings).flat(),
  'json',
];

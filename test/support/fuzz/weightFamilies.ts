import { readdirSync } from 'node:fs';
import { pythonFile } from '../pythonFiles';
import { oneTensor, torchLegacy, torchZip } from '../torchFiles';
import { fixtureBytes } from '../weightFixtures';
import { writeZip } from '../writeArchive';
import { blobValues, normParameter, oldShape, shape, writeV1, writeV2 } from '../writeCaffemodel';
import { safetensorsBytes } from '../writeSafetensors';
import { tfjsFloats, writeTfjsModel } from '../writeTfjsModel';
import type { Family, Original } from './family';

const values = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i);

const caffeLayers = (dims: typeof shape): Parameters<typeof writeV1>[0] => [
  {
    name: 'conv1',
    type: 'Convolution',
    blobs: [Buffer.concat([dims(1, 1, 2, 2), blobValues.packed([1, 2, 3, 4])])],
  },
  { name: 'norm1', type: 'LRN', norm: normParameter() },
  {
    name: 'fc6',
    type: 'InnerProduct',
    blobs: [Buffer.concat([dims(1, 1, 2, 1), blobValues['one by one']([1, 2])])],
  },
];

const tfjs = writeTfjsModel(
  [[tfjsFloats('conv1/kernel', [2, 3], values(6)), tfjsFloats('conv1/bias', [3], values(3))]],
  16,
);

const shard = safetensorsBytes([
  { name: 'conv1.kernel', shape: [2, 2], values: values(4) },
  { name: 'conv1.bias', shape: [2], values: values(2) },
]);
const shardIndex = Buffer.from(
  JSON.stringify({
    metadata: { total_size: 24 },
    weight_map: { 'conv1.bias': 'w', 'conv1.kernel': 'w' },
  }),
);

/** A family for each kind of container of weights. */
export const weightFamilies = {
  safetensors: weights({ name: 'small.safetensors', bytes: () => shard }),
  pytorch: weights(
    { name: 'zip.pth', bytes: () => torchZip(oneTensor()) },
    { name: 'legacy.pth', bytes: () => torchLegacy(oneTensor()) },
    ...fixtures('', /^torch-arrays.*\.pth$/),
  ),
  shards: weights({
    name: 'model.safetensors.index.json',
    bytes: () => shardIndex,
    beside: { w: shard },
  }),
  pickle: weights(
    { name: 'archive/data.pkl', bytes: () => oneTensor(), repaired: (bytes) => torchZip(Buffer.from(bytes)) }, // prettier-ignore
    ...fixtures('', /^npy-.*\.npy$|\.pkl$/),
  ),
  numpy: weights(
    { name: 'compressed.npz', bytes: () => pythonFile('compressed.npz') },
    {
      name: 'single.npy in an archive',
      bytes: () => pythonFile('single.npy'),
      repaired: (bytes) => writeZip([{ name: 'conv1.npy', bytes }]),
    },
  ),
  onnx: weights(...fixtures('', /^quantised.*\.onnx$/), ...fixtures('exports/', /\.onnx$/)),
  caffemodel: weights(
    { name: 'V1', bytes: () => writeV1(caffeLayers(oldShape)) },
    { name: 'V2', bytes: () => writeV2(caffeLayers(shape)) },
  ),
  deepCompression: weights(...fixtures('', /^AlexNet_compressed/)),
  tfjs: weights({ name: 'model.json', bytes: () => tfjs.json, beside: tfjs.shards }),
  hdf5: weights(...fixtures('', /^orders-.*\.h5$/), ...fixtures('hdf5/', /\.h5$/)),
  keras: weights(...fixtures('hdf5/', /\.keras$/)),
} as const;

function weights(...originals: readonly Original[]): Family {
  return { kind: 'weights', originals };
}

/** Those of the packed fixtures whose names fit. */
function fixtures(folder: string, fits: RegExp): readonly Original[] {
  return readdirSync(`test/fixtures/weights/${folder}`)
    .map((file) => file.replace(/\.br$/, ''))
    .filter((name) => fits.test(name))
    .sort()
    .map((name) => ({ name, bytes: unpackedOnce(`${folder}${name}`) }));
}

function unpackedOnce(name: string): () => Promise<Uint8Array> {
  let bytes: Promise<Uint8Array> | undefined;
  return () => (bytes ??= fixtureBytes(name));
}

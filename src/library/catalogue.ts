import type { PublishedWeights } from '../network/modelDocument';

/** What identifies a file's content, in hexadecimal. `gitBlob` is the id that git gives it: SHA-1 over a header and the bytes. */
export interface Checksum {
  readonly kind: 'sha256' | 'sha1' | 'gitBlob';
  readonly hex: string;
}

/** A set of weights that somebody published or that comes with the extension, and how to know that a file is it. */
export interface CatalogueEntry extends PublishedWeights {
  readonly id: string;
  /** The id of the document that it is for. */
  readonly documentId: string;
  readonly bytes: number;
  /** The file's name where it comes with the extension, packed, and is not downloaded. */
  readonly shipped?: string;
  /** Nobody wrote down the exact size: the checksum alone decides. */
  readonly isRough?: true;
  readonly checksum: Checksum;
  /** Tried in this order: all of them lead to the same bytes. */
  readonly urls: readonly string[];
}

const bvlcCrop = 'ILSVRC-2012 validation, 256 × 256, centre crop 227, BGR';
const torchCrop = 'ILSVRC-2012 validation, short side 256, centre crop 224, RGB';
const zooCrop =
  'as the ONNX zoo publishes it for its graph at 224; here the network runs at 227 as Caffe does, which comes close to Caffe’s own figures';

const zoo = 'https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main';
const media = 'https://media.githubusercontent.com/media/onnx/models/main';
const zooSource = 'https://github.com/onnx/models/blob/main';
const caffe = 'http://dl.caffe.berkeleyvision.org';

const torchvisionWeights = {
  documentId: 'torchvision',
  top1: 56.522,
  top5: 79.066,
  conditions: torchCrop,
} as const;

/** Every set that is known; the first is offered to a person who has none: small, and as good as the large ones. Sizes and checksums are part of the extension: nothing from the network changes them. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    id: 'bvlc-deep-compression',
    name: 'BVLC AlexNet, Deep Compression',
    documentId: 'bvlc',
    // Worked out from the format; git's id of the file tells whether it is true.
    bytes: 9_037_369,
    isRough: true,
    checksum: { kind: 'gitBlob', hex: 'ea0d14e98edfbcbfba995003c94d7259fa23b6cc' },
    urls: [
      'https://github.com/songhan/Deep-Compression-AlexNet/raw/master/AlexNet_compressed.net',
      'https://raw.githubusercontent.com/songhan/Deep-Compression-AlexNet/master/AlexNet_compressed.net',
    ],
    top1: 57.074,
    top5: 80.254,
    conditions: bvlcCrop,
    licence: 'BSD-2-Clause',
    source: 'https://github.com/songhan/Deep-Compression-AlexNet',
  },
  {
    id: 'bvlc-caffemodel',
    name: 'BVLC AlexNet, Caffe',
    documentId: 'bvlc',
    bytes: 243_862_414,
    checksum: { kind: 'sha1', hex: '9116a64c0fbe4459d18f4bb6b56d647b63920377' },
    urls: [
      `${caffe}/bvlc_alexnet.caffemodel`,
      'https://nvidia.box.com/shared/static/5j264j7mky11q8emy4q14w3r8hl5v6zh.caffemodel',
    ],
    top1: 57.1,
    top5: 80.2,
    conditions: bvlcCrop,
    licence: 'unrestricted use (an older readme: non-commercial)',
    source: 'https://github.com/BVLC/caffe/tree/master/models/bvlc_alexnet',
  },
  ...zooEntries('bvlc', 'BVLC AlexNet', [
    {
      id: 'bvlc-onnx-12',
      opset: 12,
      path: 'validated/vision/classification/alexnet/model/bvlcalexnet-12.onnx',
      bytes: 243_863_787,
      sha256: '6b0da9510f27f234ee96a85dc3809dd210150fdefad87f6850f9788513216945',
      top1: 54.8,
      top5: 78.23,
    },
    {
      id: 'bvlc-onnx-9',
      opset: 9,
      path: 'validated/vision/classification/alexnet/model/bvlcalexnet-9.onnx',
      bytes: 243_863_542,
      sha256: 'ef3c82dad5c512f969dbf701fe35c0b3feb1585687d541f765eb68730c0a8af7',
    },
  ]),
  {
    id: 'caffenet-caffemodel',
    name: 'CaffeNet, Caffe',
    documentId: 'caffenet',
    bytes: 243_900_000,
    isRough: true,
    checksum: { kind: 'sha1', hex: '4c8d77deb20ea792f84eb5e6d0a11ca0a8660a46' },
    urls: [`${caffe}/bvlc_reference_caffenet.caffemodel`],
    top1: 57.4,
    top5: 80.4,
    conditions: bvlcCrop,
    licence: 'unrestricted use (an older readme: non-commercial)',
    source: 'https://github.com/BVLC/caffe/tree/master/models/bvlc_reference_caffenet',
  },
  ...zooEntries('caffenet', 'CaffeNet', [
    {
      id: 'caffenet-onnx-12',
      opset: 12,
      path: 'validated/vision/classification/caffenet/model/caffenet-12.onnx',
      bytes: 243_863_798,
      sha256: 'ea563e5c47d1f58e1717cf1a2d8bf288b8adc07af0ad228b622096cd243aeecb',
      top1: 56.27,
      top5: 79.52,
    },
  ]),
  {
    ...torchvisionWeights,
    id: 'torchvision-v1',
    name: 'torchvision, IMAGENET1K_V1',
    bytes: 244_408_911,
    checksum: {
      kind: 'sha256',
      hex: '7be5be791159472b1fbf3c69796f7cb30dca7ad8466c2df70058c37116cdee02',
    },
    urls: ['https://download.pytorch.org/models/alexnet-owt-7be5be79.pth'],
    licence: 'BSD-3-Clause',
    source: 'https://pytorch.org/vision/stable/models/generated/torchvision.models.alexnet.html',
  },
  {
    ...torchvisionWeights,
    id: 'torchvision-safetensors',
    name: 'torchvision, safetensors mirror',
    bytes: 244_404_808,
    checksum: {
      kind: 'sha256',
      hex: '7372cbb9161c5253fcb272a1839229e282f2533e540449fb2907ee32d9ef3279',
    },
    urls: [
      'https://huggingface.co/theunnecessarythings/vision_models/resolve/main/alexnet.safetensors',
    ],
    licence: 'none stated (torchvision’s own: BSD-3-Clause)',
    source: 'https://huggingface.co/theunnecessarythings/vision_models',
  },
  {
    ...torchvisionWeights,
    id: 'torchvision-onnx-17',
    name: 'torchvision, ONNX opset 17',
    bytes: 244_407_335,
    checksum: {
      kind: 'sha256',
      hex: 'd1fef6de9abfd04669ff0c450eaf02609f544c47623e6b80346180737863f5ee',
    },
    urls: zooUrls('Computer_Vision/alexnet_Opset17_torch_hub/alexnet_Opset17.onnx'),
    conditions: `${torchCrop}; as torchvision publishes it for these weights`,
    licence: 'Apache-2.0 (the zoo’s), BSD-3-Clause (torchvision’s)',
    source: 'https://github.com/onnx/models/tree/main/Computer_Vision/alexnet_Opset17_torch_hub',
  },
  {
    id: 'keras-ten-classes',
    name: 'Keras AlexNet, ten classes',
    documentId: 'keras',
    shipped: 'keras-ten-classes.safetensors',
    bytes: 3_809_984,
    checksum: {
      kind: 'sha256',
      hex: 'ea839a203d1e044665d19e7927ab4f9111dff5fdd8c3c3724e65d3c6c74f646a',
    },
    urls: [],
    classes: [0, 217, 482, 491, 497, 566, 569, 571, 574, 701],
    top1: 79,
    top5: 97.2,
    conditions:
      'ImageNette’s 3,925 validation pictures of tench, English springer, cassette player, chain saw, church, French horn, garbage truck, gas pump, golf ball and parachute, among these ten',
    licence: 'MIT; the photographs it learned from are ImageNet’s, for research and teaching',
    source: 'https://github.com/fastai/imagenette',
  },
];

interface ZooFile {
  readonly id: string;
  readonly opset: number;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly top1?: number;
  readonly top5?: number;
}

/** Caffe's weights as the ONNX model zoo keeps them. */
function zooEntries(
  documentId: string,
  title: string,
  files: readonly ZooFile[],
): readonly CatalogueEntry[] {
  return files.map(({ opset, path, sha256, ...file }) => ({
    ...file,
    documentId,
    name: `${title}, ONNX opset ${opset}`,
    checksum: { kind: 'sha256', hex: sha256 },
    urls: zooUrls(path),
    conditions: file.top1 === undefined ? 'none published for this file' : zooCrop,
    licence: 'BSD-3-Clause',
    source: `${zooSource}/${path}`,
  }));
}

/** GitHub stopped serving the zoo's large files from its own addresses, so the mirror goes first. */
function zooUrls(path: string): readonly string[] {
  return [`${zoo}/${path}`, `${media}/${path}`];
}

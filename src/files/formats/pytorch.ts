import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import type { NamedTensor } from '../containers/stateDict';
import { stateDicts, withoutPrefix } from '../containers/stateDict';
import { NumpyArray } from '../containers/numpyGlobals';
import { withWholeWeights } from '../tensors/reparametrised';
import { isDense, stridedTensor } from '../tensors/stridedTensor';
import type { TorchArchive } from '../containers/torchArchive';
import { isTorchLegacy, legacyStartBytes, openTorchLegacy } from '../containers/torchLegacy';
import { openTorchZip } from '../containers/torchZip';
import { isZip } from '../containers/zip';
import { numpyTensor } from './numpyTensor';
import type { TensorFile, TensorInFile, TensorSet, WeightsFormat } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';

/** torch.save's file of a state_dict; claims every zip archive that no earlier format does, to say what is wrong. */
export const pytorch: WeightsFormat = {
  name: 'PyTorch .pth',
  recognises,
  open: (source) => openPytorch(source),
};

async function recognises(source: ByteSource): Promise<boolean> {
  if (await isZip(source)) return true;
  const start = await source.read(0, Math.min(source.size, legacyStartBytes));
  return isTorchLegacy(start) || (await isTorchTar(source));
}

/** The sets of a file, without the prefix that all names of a set share, unless all names are wanted. */
export async function openPytorch(
  source: ByteSource,
  wanted: 'all names' | 'own names' = 'own names',
): Promise<TensorFile> {
  if (await isTorchTar(source)) {
    throw new WeightsError(
      'the file is of the tar form that PyTorch wrote before 0.1.10: load it in a newer PyTorch and save its state_dict() again',
    );
  }
  const archive = (await isZip(source))
    ? await openTorchZip(source)
    : await openTorchLegacy(source);
  const sets = stateDicts(archive.root).map(({ key, tensors }): TensorSet => {
    const named = () => (wanted === 'all names' ? tensors() : withoutPrefix(tensors()));
    const read = () => withWholeWeights(named().flatMap((tensor) => describe(tensor, archive)));
    return { key, tensors: read };
  });
  return { tensors: sets[0]?.tensors() ?? [], sets };
}

/** Whether a file is a tar archive that begins with one of PyTorch's four files. */
async function isTorchTar(source: ByteSource): Promise<boolean> {
  const blockBytes = 512;
  if (source.size < blockBytes) return false;
  const block = Buffer.from(await source.read(0, blockBytes)).toString('latin1');
  const [name = ''] = block.split('\0', 1);
  const isTar = block.slice(257, 262) === 'ustar';
  return isTar && ['sys_info', 'pickle', 'storages', 'tensors'].includes(name);
}

/** The floating-point tensors of a state_dict; counters and the like are no weights. */
function describe([name, tensor]: NamedTensor, archive: TorchArchive): readonly TensorInFile[] {
  if (tensor instanceof NumpyArray) return numpyTensor(name, tensor);
  const { storage, offset, shape, strides } = tensor;
  const { float: type, bytes: width } = storage.type;
  if (!type) return [];
  const count = elementCount(shape);
  if (!isDense(shape, strides)) {
    throw new WeightsError(
      `${name} has strides [${strides.join(', ')}] for shape [${shape.join(', ')}]: save it contiguous()`,
    );
  }
  const bytes = archive.storageBytes(storage);
  if (!Number.isSafeInteger(count) || offset + count > storage.length) {
    throw new WeightsError(
      `${name} takes numbers ${offset} to ${offset + count} of storage ${storage.key}, which has ${storage.length}`,
    );
  }
  if (storage.length * width > bytes.size) {
    throw new WeightsError(
      `${name} is in storage ${storage.key} of ${storage.length * width} bytes, but the file has ${bytes.size} of it`,
    );
  }
  return [
    stridedTensor({
      name,
      shape,
      strides,
      format: { type, bigEndian: archive.bigEndian },
      bytes: () => bytes.pieces(offset * width, count * width),
    }),
  ];
}

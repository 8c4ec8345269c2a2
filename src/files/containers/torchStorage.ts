import type { FloatType } from '../bytes/floatTypes';
import { PickleObject } from './pickleValue';

/** A type of storage, by PyTorch's name of its class. */
export class TorchStorageType extends PickleObject {
  constructor(
    readonly name: string,
    /** Bytes of one element. */
    readonly bytes: number,
    /** Set for floating-point types, which can hold weights. */
    readonly float?: FloatType,
  ) {
    super();
  }
}

/** A block of numbers beside the pickle, of which tensors are views. */
export class TorchStorage extends PickleObject {
  readonly name = 'a storage';

  constructor(
    readonly type: TorchStorageType,
    readonly key: string,
    /** Number of elements. */
    readonly length: number,
  ) {
    super();
  }
}

/** A tensor as the pickle describes it; offset and strides count elements. */
export class TorchTensor extends PickleObject {
  readonly name = 'a tensor';

  constructor(
    readonly storage: TorchStorage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {
    super();
  }
}

/** Every type of storage of a checkpoint. */
export const torchStorageTypes: readonly TorchStorageType[] = [
  new TorchStorageType('torch.FloatStorage', 4, 'F32'),
  new TorchStorageType('torch.HalfStorage', 2, 'F16'),
  new TorchStorageType('torch.BFloat16Storage', 2, 'BF16'),
  new TorchStorageType('torch.DoubleStorage', 8, 'F64'),
  new TorchStorageType('torch.LongStorage', 8),
  new TorchStorageType('torch.IntStorage', 4),
  new TorchStorageType('torch.ShortStorage', 2),
  new TorchStorageType('torch.CharStorage', 1),
  new TorchStorageType('torch.ByteStorage', 1),
  new TorchStorageType('torch.BoolStorage', 1),
  new TorchStorageType('torch.ComplexFloatStorage', 8),
  new TorchStorageType('torch.ComplexDoubleStorage', 16),
];

/** What a pickle can hold for us: plain data, and what an allowed name of Python stands for. Lists and tuples are arrays, dicts are Maps, whatever their keys. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Set<PickleValue>
  | PickleObject;

/** A value that a name of Python stands for, or made. */
export abstract class PickleObject {
  /** As an error calls it. */
  abstract readonly name: string;
}

/** Something that is read past: no weight is in it. */
export class IgnoredObject extends PickleObject {
  constructor(readonly name: string) {
    super();
  }
}

/** A class or function of Python by its full name. Calling it runs `call`, which is ours. */
export class PickleGlobal extends PickleObject {
  constructor(
    readonly name: string,
    readonly call: (args: readonly PickleValue[]) => PickleValue = () => new IgnoredObject(name),
  ) {
    super();
  }
}

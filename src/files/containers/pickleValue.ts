/** A value of a pickle: data, or what an allowed global stands for. Lists and tuples are arrays, dicts are Maps. */
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

/** A value that a global stands for, or returned. */
export abstract class PickleObject {
  /** Its name in errors. */
  abstract readonly name: string;

  /** Takes what the pickle says of its attributes; most hold no weights, and drop it. */
  setState(_state: PickleValue): void {
    return;
  }
}

/** A value that is ignored, since it holds no weights. */
export class IgnoredObject extends PickleObject {
  constructor(readonly name: string) {
    super();
  }
}

/** An allowed class or function of Python, by full name; calling it runs `call`. */
export class PickleGlobal extends PickleObject {
  constructor(
    readonly name: string,
    readonly call: (args: readonly PickleValue[]) => PickleValue = () => new IgnoredObject(name),
  ) {
    super();
  }
}

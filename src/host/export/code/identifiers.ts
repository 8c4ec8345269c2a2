/** Hands out names that code may use, each once. */
export class Identifiers {
  private readonly taken = new Set<string>();
  private readonly reserved: ReadonlySet<string>;

  /** `reserved` are words that mean something else where the names are used. */
  constructor(reserved: Iterable<string>) {
    this.reserved = new Set(reserved);
  }

  /**
   * `block1/conv 2` as `block1_conv_2`; nothing but ASCII letters, digits and `_` is left of a name, wherever it comes from.
   * There are never two `_` in a row, so that `conv__scale` is free for what belongs to `conv`.
   */
  of(name: string): string {
    const plain = name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
    return this.unused(/^[A-Za-z]/.test(plain) ? plain : `layer_${plain}`.replace(/_$/, ''));
  }

  /** `bvlc_alexnet.onnx` as `BvlcAlexnet`, without a file's ending. */
  ofClass(title: string): string {
    const words = title.replace(/\.[A-Za-z0-9]{1,5}$/, '').match(/[A-Za-z0-9]+/g) ?? [];
    const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    return this.unused(/^[A-Z]/.test(joined) ? joined : `Network${joined}`);
  }

  private unused(name: string): string {
    const free = this.reserved.has(name) ? `${name}_` : name;
    let own = free;
    for (let count = 2; this.taken.has(own) || this.reserved.has(own); count++)
      own = `${name}_${count}`;
    this.taken.add(own);
    return own;
  }
}

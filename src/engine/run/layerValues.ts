import type { Shape } from '../../network/tensor/shape';
import type { Tensor } from '../../protocol/engineProtocol';

/** What the layers of a run gave, by name. */
export interface LayerValues {
  get(name: string): Tensor | undefined;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** The same with others in place of those of some layers. */
export function withOthers(values: LayerValues, others: LayerValues): LayerValues {
  return {
    get: (name) => others.get(name) ?? values.get(name),
    has: (name) => others.has(name) || values.has(name),
    keys: () => new Set([...values.keys(), ...others.keys()]),
  };
}

/** A layer's values while they are in memory. */
interface KeptLayer {
  readonly shape: Shape;
  data: Float32Array | undefined;
}

/** Counts the bytes of layers' values: of more than `most` those go first that were used longest ago. */
export class ValueMemory {
  /** The one that was used longest ago comes first. */
  private readonly layers = new Set<KeptLayer>();
  private used = 0;

  constructor(private readonly most: number) {}

  get bytes(): number {
    return this.used;
  }

  hold(layer: KeptLayer, data: Float32Array): void {
    this.release(layer);
    layer.data = data;
    this.layers.add(layer);
    this.used += data.byteLength;
    for (const oldest of this.layers) {
      if (this.used <= this.most) return;
      this.release(oldest);
    }
  }

  touch(layer: KeptLayer): void {
    if (this.layers.delete(layer)) this.layers.add(layer);
  }

  release(layer: KeptLayer): void {
    if (!this.layers.delete(layer)) return;
    this.used -= layer.data?.byteLength ?? 0;
    layer.data = undefined;
  }
}

/** What a layer gave, and layers before it that were let go too; throws an EngineError where it cannot be known any more. */
type ComputeAgain = (
  name: string,
  known: (name: string) => Tensor | undefined,
) => Iterable<readonly [name: string, data: Float32Array]>;

/** A run's values as far as memory allows; what was let go is computed again where it is asked for. */
export class KeptValues implements LayerValues {
  private readonly layers = new Map<string, KeptLayer>();

  constructor(
    private readonly memory: ValueMemory,
    private readonly computeAgain: ComputeAgain,
  ) {}

  add(name: string, { shape, data }: Tensor): void {
    const layer: KeptLayer = { shape, data: undefined };
    this.layers.set(name, layer);
    this.memory.hold(layer, data);
  }

  get(name: string): Tensor | undefined {
    const layer = this.layers.get(name);
    if (!layer) return undefined;
    const { shape, data } = layer;
    if (!data) return { shape, data: this.again(name) };
    this.memory.touch(layer);
    return { shape, data };
  }

  has(name: string): boolean {
    return this.layers.has(name);
  }

  keys(): Iterable<string> {
    return this.layers.keys();
  }

  dispose(): void {
    for (const layer of this.layers.values()) this.memory.release(layer);
  }

  private again(name: string): Float32Array {
    let asked: Float32Array = new Float32Array();
    const known = (each: string): Tensor | undefined => {
      const { shape = [], data } = this.layers.get(each) ?? {};
      return data && { shape, data };
    };
    for (const [each, data] of this.computeAgain(name, known)) {
      const layer = this.layers.get(each);
      if (layer) this.memory.hold(layer, data);
      if (each === name) asked = data;
    }
    return asked;
  }
}

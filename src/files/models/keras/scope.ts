import { WeightsError } from '../../bytes/weightsError';
import { tensorsOf, type TensorRef } from './calls';
import type { ConfigLayer, ConfigModel } from './configModel';

/** Bound of models that are given each other's outputs, which a file may do in a circle. */
const maxHops = 1000;

/**
 * A model where it is used: names of its layers in the network, for one call of it. What is inside a model stands under its
 * name, `block/conv`; a later call of a layer stands under a number, `conv:1`.
 */
export class Scope {
  private readonly layers: ReadonlyMap<string, ConfigLayer>;
  private readonly inner = new Map<string, Scope>();

  constructor(
    readonly model: ConfigModel,
    private readonly place: {
      readonly path: readonly string[];
      readonly groups: readonly string[];
      readonly call: number;
      /** What it is given, and where that is. */
      readonly given?: { readonly scope: Scope; readonly tensors: readonly TensorRef[] };
    },
  ) {
    this.layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  }

  get isOutermost(): boolean {
    return this.place.given === undefined;
  }

  pathOf({ name }: ConfigLayer): readonly string[] {
    return [...this.place.path, name];
  }

  groupsOf({ group }: ConfigLayer): readonly string[] {
    return [...this.place.groups, group];
  }

  /** The number of a call among all calls of the layer, those of other calls of this model too. */
  callNumber(layer: ConfigLayer, call: number): number {
    return this.place.call * callsOf(layer) + call;
  }

  /** The model that a layer is, in one of its calls. */
  into(layer: ConfigLayer, model: ConfigModel, call: number): Scope {
    const key = `${layer.name}:${call}`;
    const known = this.inner.get(key);
    if (known) return known;
    const scope = new Scope(model, {
      path: this.pathOf(layer),
      groups: this.groupsOf(layer),
      call: this.callNumber(layer, call),
      given: { scope: this, tensors: this.givenTo(layer, call) },
    });
    this.inner.set(key, scope);
    return scope;
  }

  /** What a call of a layer is given; in a Sequential the layer before it. */
  givenTo(layer: ConfigLayer, call: number): readonly TensorRef[] {
    if (this.model.ends) return layer.calls[call] ? tensorsOf(layer.calls[call]) : [];
    const before = this.model.layers[this.model.layers.indexOf(layer) - 1];
    if (before) return [{ layer: before.name, call: 0, output: 0 }];
    return this.isOutermost ? [] : [{ layer: outside, call: 0, output: 0 }];
  }

  /** The network's layer whose output a reference means; a name that no layer has where there is none. */
  nameOf(ref: TensorRef, hops = 0, isOutput = false): string {
    if (hops > maxHops)
      throw new WeightsError(`the model ${this.model.name} is given its own output`);
    if (ref.layer === outside) return this.nameOutside(0, hops);
    const layer = this.layers.get(ref.layer);
    if (!layer) return [...this.place.path, ref.layer].join('/');
    if (layer.className === 'InputLayer' && !this.isOutermost) {
      const inputs = this.model.ends?.inputs.map((input) => input.layer) ?? [layer.name];
      return this.nameOutside(inputs.indexOf(layer.name), hops);
    }
    const call = ref.call - this.firstCall(layer, isOutput);
    if (layer.model) {
      const scope = this.into(layer, layer.model, call);
      const output = scope.outputs[ref.output];
      if (output) return scope.nameOf(output, hops + 1, true);
    }
    return callName(this.pathOf(layer), this.callNumber(layer, call));
  }

  /** The outputs, as references within it. */
  get outputs(): readonly TensorRef[] {
    const { ends, layers } = this.model;
    if (ends) return ends.outputs;
    const last = layers.at(-1);
    return last ? [{ layer: last.name, call: 0, output: 0 }] : [];
  }

  private nameOutside(input: number, hops: number): string {
    const { given, path } = this.place;
    const ref = given?.tensors[input];
    return given && ref ? given.scope.nameOf(ref, hops + 1) : `${path.join('/')} input ${input}`;
  }

  /** The number of the first call: Keras 2 counts a model's own making as call 0, Keras 3 does so among outputs only. */
  private firstCall(layer: ConfigLayer, isOutput: boolean): number {
    if (!layer.model || layer.calls.length === 0) return 0;
    const isOf = (ref: TensorRef): boolean => ref.layer === layer.name;
    const outputs = this.model.ends?.outputs.filter(isOf) ?? [];
    if (layer.isKeras3) return isOutput && outputs.every(({ call }) => call > 0) ? 1 : 0;
    const used = [...this.references.filter(isOf), ...outputs];
    return used.some(({ call }) => call >= layer.calls.length) ? 1 : 0;
  }

  private get references(): readonly TensorRef[] {
    return this.model.layers.flatMap(({ calls }) => calls.flatMap(tensorsOf));
  }
}

/** What a Sequential within a model is given, in a reference's place. */
const outside = '\0outside';

/** How often a layer is called; in a Sequential once. */
export function callsOf({ calls }: ConfigLayer): number {
  return Math.max(1, calls.length);
}

/** `block/conv`, and `block/conv:1` for the second call. */
export function callName(path: readonly string[], call: number): string {
  return path.join('/') + (call === 0 ? '' : `:${call}`);
}

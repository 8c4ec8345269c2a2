import type { LayerPlan } from '../../../network/assemble';
import type { LayerSettings } from '../../../network/layers/layer';
import { NetworkError } from '../../../network/tensor/networkError';
import type { Shape } from '../../../network/tensor/shape';
import { WeightsError } from '../../bytes/weightsError';
import type { FileLayer, ModelPlans } from '../plans/modelPlans';
import type { Call } from './calls';
import type { ConfigLayer } from './configModel';
import { configModel } from './configModel';
import { inputPlan, statedShape } from './inputPlan';
import type { ClassReading } from './layerClass';
import { classNamed, settingsOf, unknownClass } from './layerClasses';
import { LayerConfig } from './layerConfig';
import { operationIn, operationSettings } from './operations';
import { callName, callsOf, Scope } from './scope';

/** Bound of layers, those within models counted with every call. */
const maxLayers = 2000;

export interface KerasOptions {
  /** Whether Keras 2 or TensorFlow.js wrote the config. */
  readonly isKeras2: boolean;
  /** Height and width where the file leaves them open. */
  readonly size: readonly [height: number, width: number];
}

/**
 * The layers of a model by its config, as Keras 1 to 3 and TensorFlow.js write it: models within models flattened, a shared
 * layer once for each call. Nothing in it is run. Throws a WeightsError where there is no graph in it.
 */
export function kerasPlans(config: unknown, options: KerasOptions): ModelPlans {
  const flattening = new Flattening(options);
  return flattening.plansOf(new Scope(configModel(config), { path: [], groups: [], call: 0 }));
}

class Flattening {
  private readonly plans: LayerPlan[] = [];
  private readonly layers: FileLayer[] = [];
  private readonly stated = new Map<string, Shape>();
  private readonly open: string[] = [];
  private models = 0;

  constructor(private readonly options: KerasOptions) {}

  plansOf(scope: Scope): ModelPlans {
    const { plans, layers, stated, open } = this;
    const inputs = this.begin(scope);
    this.flatten(scope);
    const outputs = scope.outputs.map((ref) => scope.nameOf(ref, 0, true));
    return { name: scope.model.name, plans, layers, stated, open, inputs, outputs };
  }

  /** The inputs of the whole model; a Sequential of old has its input's shape in its first layer's config. */
  private begin({ model }: Scope): readonly string[] {
    if (model.ends) return model.ends.inputs.map(({ layer }) => layer);
    const [first] = model.layers;
    if (!first) throw new WeightsError('the model has no layers');
    if (first.className === 'InputLayer') return [first.name];
    const name = `${first.name}_input`;
    this.addInput(name, first.config, model.built ?? first.built);
    return [name];
  }

  private flatten(scope: Scope): void {
    if (++this.models > maxLayers) throw new WeightsError(`the model calls models without end`);
    for (const layer of scope.model.layers) {
      if (layer.className === 'InputLayer') {
        if (scope.isOutermost) this.addInput(layer.name, layer.config, undefined);
        continue;
      }
      for (let call = 0; call < callsOf(layer); call++) {
        if (layer.model) this.flatten(scope.into(layer, layer.model, call));
        else this.addCall(scope, layer, call);
      }
    }
  }

  private addInput(name: string, config: ConfigLayer['config'], built: unknown): void {
    const { plan, isOpen } = inputPlan(name, config, { built, size: this.options.size });
    if (isOpen) this.open.push(name);
    this.add(plan);
  }

  private addCall(scope: Scope, layer: ConfigLayer, call: number): void {
    const path = scope.pathOf(layer);
    const number = scope.callNumber(layer, call);
    const inputs = scope.givenTo(layer, call).map((ref) => scope.nameOf(ref));
    const sources = [...(inputs.length > 0 ? inputs : this.sequentialInput(scope, layer))];
    const config = new LayerConfig(layer.className, layer.config, this.options.isKeras2);
    const reading = readingOf(layer, layer.calls[call]);
    const first = reading.first;
    const before = first && { path: [...path, first.name], reading: first };
    const of = { config, number };
    if (first && before) {
      const at = first.input ?? 0;
      this.addPart(before, { ...of, inputs: sources.slice(at, at + 1) });
      sources[at] = callName(before.path, number);
    }
    this.addPart({ path, reading }, { ...of, inputs: sources });
    if (number > 0) return;
    const shape = statedShape(layer.built);
    if (shape) this.stated.set(callName(before?.path ?? path, 0), shape);
    this.layers.push({
      path,
      groups: scope.groupsOf(layer),
      parts: [...(before ? [before] : []), { path, reading }].map((part) => ({
        layer: callName(part.path, 0),
        ...(part.reading.order && { order: part.reading.order }),
        ...(part.reading.kernelNames && { kernelNames: part.reading.kernelNames }),
      })),
    });
  }

  /** The first layer of a Sequential that has no layer for its input is applied to that of `begin`. */
  private sequentialInput({ model }: Scope, layer: ConfigLayer): readonly string[] {
    return model.ends === undefined && model.layers[0] === layer ? [`${layer.name}_input`] : [];
  }

  private addPart(
    { path, reading }: { readonly path: readonly string[]; readonly reading: Reading },
    { config, number, inputs }: { config: LayerConfig; number: number; inputs: readonly string[] },
  ): void {
    const settle = (shapes: readonly Shape[]): LayerSettings =>
      settingsOf(reading.read, config, shapes);
    this.add({
      name: callName(path, number),
      settings: settingsBefore(settle, config.className),
      settle,
      inputs,
      ...(number > 0 && { weightsOf: callName(path, 0) }),
    });
  }

  private add(plan: LayerPlan): void {
    if (this.plans.length === maxLayers) {
      throw new WeightsError(`the model has more than ${maxLayers} layers`);
    }
    this.plans.push(plan);
  }
}

type Reading = Pick<ClassReading, 'read' | 'order' | 'kernelNames'>;

/** How a call of a layer is read; one of an operation is read by what it is given. */
function readingOf(layer: ConfigLayer, call: Call = { operands: [] }): ClassReading {
  if (layer.isCustom) return unknownClass(layer.className);
  const name = operationIn(layer, call);
  if (name === undefined) return classNamed(layer.className);
  return { read: (config, inputs) => operationSettings({ name, config, call }, inputs) };
}

/** What is known of a layer before the shapes of its inputs are: its class' name where nothing is. */
function settingsBefore(
  settle: (shapes: readonly Shape[]) => LayerSettings,
  className: string,
): LayerSettings {
  try {
    return settle([]);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { kind: 'Unknown', operation: className };
  }
}

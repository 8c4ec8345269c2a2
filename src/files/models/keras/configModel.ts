import { WeightsError } from '../../bytes/weightsError';
import { fieldsOf } from '../../containers/smallJson';
import { type Call, callsIn, refsIn, type TensorRef } from './calls';
import { groupNames } from '../../containers/kerasGroups';

type Config = Readonly<Record<string, unknown>>;

/** A layer or a model in a model's config. */
export interface ConfigLayer {
  readonly name: string;
  readonly className: string;
  readonly module: unknown;
  /** Whether it is a class of the author's own, whatever it is called. */
  readonly isCustom: boolean;
  readonly config: Config;
  /** Of a layer of a Sequential: none are written. */
  readonly calls: readonly Call[];
  /** Whether they are spelled as Keras 3 does. */
  readonly isKeras3: boolean;
  /** Its group in Keras 3's files of weights. */
  readonly group: string;
  /** The shape of its input as Keras 3 writes it, with the batch; undefined where it does not. */
  readonly built: unknown;
  /** Where it is a model: what is in it. */
  readonly model: ConfigModel | undefined;
}

/** A model's config, read as data. */
export interface ConfigModel {
  readonly name: string;
  readonly layers: readonly ConfigLayer[];
  /** Of a functional model; a Sequential's layers follow each other, and it has neither. */
  readonly ends:
    | { readonly inputs: readonly TensorRef[]; readonly outputs: readonly TensorRef[] }
    | undefined;
  readonly built: unknown;
}

const functional = ['Functional', 'Model'];
/** Bound of models within models. */
const maxDepth = 16;

/** Reads the config of a whole model; throws a WeightsError where the file does not hold its graph. */
export function configModel(value: unknown): ConfigModel {
  const { class_name: className, config } = fieldsOf(value) ?? {};
  const model = modelIn(className, config, 0, fieldsOf(value));
  if (model) return model;
  if (typeof className !== 'string') throw new WeightsError('the file holds no config of a model');
  throw new WeightsError(
    `${className} is a class of its author's own: its graph is Python code, which the file does not hold`,
  );
}

function modelIn(
  className: unknown,
  config: unknown,
  depth: number,
  whole: Config | undefined,
): ConfigModel | undefined {
  const isSequential = className === 'Sequential';
  if (!isSequential && !functional.includes(String(className))) return undefined;
  if (depth > maxDepth) throw new WeightsError(`models nest more than ${maxDepth} levels deep`);
  const fields = fieldsOf(config) ?? {};
  const list = Array.isArray(config) ? (config as readonly unknown[]) : fields['layers'];
  if (!Array.isArray(list)) return undefined;
  const read = list.map((layer: unknown) => layerIn(layer, depth));
  const groups = groupNames(read.map(({ className: each }) => each));
  return {
    name: typeof fields['name'] === 'string' ? fields['name'] : 'model',
    layers: read.map((layer, at) => ({ ...layer, group: groups[at] ?? '' })),
    ends: isSequential
      ? undefined
      : { inputs: refsIn(fields['input_layers']), outputs: refsIn(fields['output_layers']) },
    built: builtShape(whole),
  };
}

function layerIn(value: unknown, depth: number): Omit<ConfigLayer, 'group'> {
  const layer = fieldsOf(value) ?? {};
  const className = typeof layer['class_name'] === 'string' ? layer['class_name'] : 'unnamed';
  const config = fieldsOf(layer['config']) ?? {};
  const name = [layer['name'], config['name']].find((each) => typeof each === 'string');
  return {
    name: name ?? className,
    className,
    module: layer['module'],
    isCustom: isCustom(layer),
    config,
    calls: callsIn(layer['inbound_nodes']),
    isKeras3: [layer['inbound_nodes']].flat().some((node) => fieldsOf(node) !== undefined),
    built: builtShape(layer),
    model: modelIn(className, layer['config'], depth + 1, layer),
  };
}

/** Keras 3 says where a class is from, or under which package's name it was registered. */
function isCustom({ module, registered_name: registered }: Config): boolean {
  if (typeof registered === 'string' && registered.includes('>')) return true;
  return typeof module === 'string' && !/^(tf_)?keras\b/.test(module);
}

function builtShape(layer: Config | undefined): unknown {
  return fieldsOf(layer?.['build_config'])?.['input_shape'];
}

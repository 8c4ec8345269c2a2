import type { ModelDocument } from '../../../../network/modelDocument';
import { dataFlow, type DataFlow } from '../dataFlow';
import { Identifiers } from '../identifiers';
import { assignments, type NetworkCode, plainTensors, writeLayer } from '../layerCode';
import { pythonTuple } from '../literals';
import { helpersIn } from '../helpersIn';
import { pictureShape } from '../pictureShape';
import { indented, pythonFile } from '../python/pythonFile';
import { pythonPreprocess } from '../python/pythonPreprocess';
import { pythonWords } from '../python/pythonWords';
import { kerasHelpers } from './kerasHelpers';
import { kerasLayers } from './kerasLayers';

const reserved = [
  ...pythonWords,
  ...[
    'keras',
    'layers',
    'ops',
    'inputs',
    'build_model',
    'load_model',
    'load_weights',
    'preprocess',
  ],
  ...Object.keys(kerasHelpers),
];

/** A functional model of Keras 3, channels last; weights as `layer/variable` in NumPy's archive. */
export function kerasCode(document: ModelDocument): NetworkCode {
  const { network } = document;
  const flow = dataFlow(network);
  const names = new Identifiers(reserved);
  const ids = new Map(flow.layers.map(({ name }) => [name, names.of(name)]));
  const single = network.inputs.length === 1;
  const variables = new Map(
    flow.layers.map(({ name, kind }) => {
      if (kind === 'InputLayer') return [name, single ? 'inputs' : (ids.get(name) ?? '')];
      return [name, flow.passing.has(name) ? 'x' : (ids.get(name) ?? '')];
    }),
  );
  const at = (name: string): string => variables.get(name) ?? '';
  const list = (layers: readonly string[]): string =>
    layers.length === 1 ? at(layers[0] ?? '') : `[${layers.map(at).join(', ')}]`;
  const { lines, tensors } = body(flow, ids, at, names);
  const title = new Identifiers([]).of(document.title);
  const ends = `${list(network.inputs)}, ${list(network.outputs)}`;
  const model = `def build_model():\n${indented([...lines, `return keras.Model(${ends}, name="${title}")`])}`;
  const picture = pictureShape(document);
  const sections = [
    ...helpersIn(model, kerasHelpers),
    model,
    loading(flow.layers.some(({ kind }) => kind === 'Normalization')),
    ...(picture ? [pythonPreprocess(document, picture, 'x[None]')] : []),
    example(document),
  ];
  const usesOps = /\bops\./.test(sections.join(''));
  const packages = [
    'import keras',
    'import numpy as np',
    `from keras import layers${usesOps ? ', ops' : ''}`,
  ];
  const text = pythonFile({
    ...{ document, framework: 'Keras 3', weightsEnd: '.weights.npz', packages, sections },
    hasPictures: picture !== undefined,
  });
  return { text, tensors };
}

/** Every layer applied to its inputs; one that is applied several times is made once, and has its variable. */
function body(
  { layers, shared }: DataFlow,
  ids: ReadonlyMap<string, string>,
  at: (layer: string) => string,
  names: Identifiers,
) {
  const instances = new Map([...shared].map((name) => [name, names.of(`${name}_layer`)]));
  const lines: string[] = [];
  const tensors = layers.flatMap((layer) => {
    const owner = layer.weightsOf ?? layer.name;
    const id = ids.get(owner) ?? '';
    const code = writeLayer(kerasLayers, layer, id);
    const own = assignments(code, at(layer.name), layer.inputs.map(at));
    const instance = instances.get(owner);
    const made = instance === undefined ? undefined : constructorIn(own, id);
    if (instance !== undefined && made !== undefined && owner === layer.name)
      lines.push(`${instance} = ${made}`);
    lines.push(
      ...own.map((line) => (made === undefined ? line : line.replace(made, () => instance ?? ''))),
    );
    return layer.weightsOf === undefined ? (code.tensors ?? plainTensors(layer, id)) : [];
  });
  return { lines, tensors };
}

/** The text that makes the layer of this name: `layers.Dense(10, name="fc")`. */
function constructorIn(lines: readonly string[], id: string): string | undefined {
  const end = `name="${id}")`;
  const line = lines.find((each) => each.includes(end)) ?? '';
  const [, made] = / = (.*)/s.exec(line.slice(0, line.indexOf(end) + end.length)) ?? [];
  return made;
}

function loading(hasStatistics: boolean): string {
  const finalise = [
    '            if isinstance(layer, layers.Normalization) and layer.weights:',
    '                layer.finalize_state()',
  ];
  return `def load_weights(model, path):
    """Weights are named as the layers and their variables are, such as conv1/kernel."""
    with np.load(path) as weights:
        for layer in model.layers:
            layer.set_weights([weights[f"{layer.name}/{w.name}"] for w in layer.weights])
${hasStatistics ? `${finalise.join('\n')}\n` : ''}

def load_model(path=Path(__file__).with_suffix(".weights.npz")):
    model = build_model()
    load_weights(model, path)
    return model
`;
}

/** Runs a picture that is named, or zeros. */
function example(document: ModelDocument): string {
  const { network } = document;
  const zeros = network.inputs.map((name) => {
    const shape = network.layers.find((layer) => layer.name === name)?.outputShape ?? [];
    return `np.zeros(${pythonTuple([1, ...shape])}, np.float32)`;
  });
  const nothing = zeros.length === 1 ? (zeros[0] ?? '') : `[${zeros.join(', ')}]`;
  const [output] = network.outputs;
  const rank = network.layers.find(({ name }) => name === output)?.outputShape.length;
  const isList = network.outputs.length === 1 && rank === 1;
  const ending = isList
    ? [
        'scores = model.predict(x, verbose=0)[0]',
        'for index in np.argsort(-scores)[:5]:',
        '    print(index, scores[index])',
      ]
    : ['print(keras.tree.map_structure(np.shape, model.predict(x, verbose=0)))'];
  const given = pictureShape(document)
    ? [
        `# The picture that is named, or zeros.`,
        `x = ${nothing}`,
        'if len(sys.argv) > 1:',
        '    x = preprocess(Image.open(sys.argv[1]))',
      ]
    : [`x = ${nothing}`];
  return `if __name__ == "__main__":\n${indented(['model = load_model()', ...given, ...ending])}`;
}

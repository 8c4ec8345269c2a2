import type { ModelDocument } from '../../../../network/modelDocument';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { Shape } from '../../../../network/tensor/shape';
import { isMapShape } from '../../../../network/tensor/shape';
import { dataFlow, type DataFlow } from '../dataFlow';
import { Identifiers } from '../identifiers';
import { assignments, type LayerWriters, type NetworkCode, writeLayer } from '../layerCode';
import { helpersIn } from '../helpersIn';
import { pictureShape } from '../pictureShape';
import { indented, pythonFile } from '../python/pythonFile';
import { pythonPreprocess } from '../python/pythonPreprocess';
import { pythonWords } from '../python/pythonWords';
import { flattenedMaps } from './flattenedMaps';
import { moduleWords, torchHelpers } from './torchHelpers';
import { torchLayers } from './torchLayers';

const reserved = [
  ...pythonWords,
  ...['torch', 'nn', 'F', 'self', 'load_file', 'load_model', 'preprocess', 'with_channels_last'],
  ...Object.keys(torchHelpers),
  ...moduleWords,
];

/** A module of PyTorch, channels first; weights as its state_dict in a safetensors file. */
export function pytorchCode(document: ModelDocument): NetworkCode {
  const { network } = document;
  const flow = dataFlow(network);
  const names = new Identifiers(reserved);
  const name = names.ofClass(document.title);
  const ids = new Map(flow.layers.map((layer) => [layer.name, names.of(layer.name)]));
  const at = (layer: string): string => (flow.passing.has(layer) ? 'x' : (ids.get(layer) ?? ''));
  const { members, lines, tensors } = body(
    flow,
    torchLayers(flattenedMaps(flow, network.outputs)),
    ids,
    at,
  );
  const forward = [
    `def forward(self, ${network.inputs.map(at).join(', ')}):`,
    ...[...lines, `return ${network.outputs.map(at).join(', ')}`].map((line) => `    ${line}`),
  ];
  const init = [
    'def __init__(self):',
    '    super().__init__()',
    ...members.map((line) => `    ${line}`),
  ];
  const module = `class ${name}(nn.Module):\n${indented([...init, '', ...forward])}`;
  const picture = pictureShape(document);
  const given = 'torch.from_numpy(x.copy()).permute(2, 0, 1)[None]';
  const sections = [
    ...helpersIn(module, torchHelpers),
    module,
    loading(name),
    ...(picture ? [pythonPreprocess(document, picture, given)] : []),
    example(document),
  ];
  const usesFunctions = /\bF\./.test(sections.join(''));
  const packages = [
    ...(picture ? ['import numpy as np'] : []),
    'import torch',
    ...(usesFunctions ? ['import torch.nn.functional as F'] : []),
    'from safetensors.torch import load_file',
    'from torch import nn',
  ];
  const text = pythonFile({
    ...{ document, framework: 'PyTorch', weightsEnd: '.weights.safetensors', packages, sections },
    hasPictures: picture !== undefined,
  });
  return { text, tensors };
}

function body(
  { layers }: DataFlow,
  writers: LayerWriters,
  ids: ReadonlyMap<string, string>,
  at: (layer: string) => string,
) {
  const made = new Map<string, string>();
  const members: string[] = [];
  const lines: string[] = [];
  const tensors = layers.flatMap((layer) => {
    const owner = layer.weightsOf ?? layer.name;
    const code = writeLayer(writers, layer, ids.get(owner) ?? '');
    if (layer.kind !== 'InputLayer')
      lines.push(...assignments(code, at(layer.name), layer.inputs.map(at)));
    const own = code.members?.join('\n') ?? '';
    if (layer.weightsOf === undefined) {
      made.set(layer.name, own);
      members.push(...(code.members ?? []));
      return code.tensors ?? [];
    }
    if (made.get(owner) === own) return [];
    throw new NetworkError(`${layer.name}: it has the weights of ${owner}, and another padding`);
  });
  return { members, lines, tensors };
}

function loading(name: string): string {
  return `def load_model(path=Path(__file__).with_suffix(".weights.safetensors")):
    model = ${name}()
    model.load_state_dict(load_file(path))
    return model.eval()
`;
}

/** Runs a picture that is named, or zeros. */
function example(document: ModelDocument): string {
  const { network } = document;
  const shapeOf = (name: string | undefined): Shape =>
    network.layers.find((layer) => layer.name === name)?.outputShape ?? [];
  const zeros = network.inputs.map(
    (name) => `torch.zeros(1, ${inOrder(shapeOf(name)).join(', ')})`,
  );
  const picture = pictureShape(document) ? ['# The picture that is named, or zeros.'] : [];
  const given = [
    ...picture,
    `inputs = (${zeros.join(', ')},)`,
    ...(pictureShape(document)
      ? ['if len(sys.argv) > 1:', '    inputs = (preprocess(Image.open(sys.argv[1])),)']
      : []),
    'with torch.inference_mode():',
    '    outputs = model(*inputs)',
  ];
  const isList = network.outputs.length === 1 && shapeOf(network.outputs[0]).length === 1;
  const ending = isList
    ? [
        'for score, index in zip(*outputs[0].topk(min(5, outputs.shape[1]))):',
        '    print(int(index), float(score))',
      ]
    : network.outputs.length === 1
      ? ['print(tuple(outputs.shape))']
      : ['print([tuple(output.shape) for output in outputs])'];
  return `if __name__ == "__main__":\n${indented(['model = load_model()', ...given, ...ending])}`;
}

function inOrder(shape: Shape): Shape {
  return isMapShape(shape) ? [shape[2], shape[0], shape[1]] : shape;
}

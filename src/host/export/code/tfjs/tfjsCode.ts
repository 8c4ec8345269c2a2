import type { ModelDocument } from '../../../../network/modelDocument';
import { dataFlow } from '../dataFlow';
import { Identifiers } from '../identifiers';
import { assignments, type NetworkCode, plainTensors, writeLayer } from '../layerCode';
import { commentText } from '../literals';
import { helpersIn } from '../helpersIn';
import { pictureShape } from '../pictureShape';
import { tfjsHelpers, tfjsWords } from './tfjsHelpers';
import { tfjsLayers } from './tfjsLayers';
import { tfjsPreprocess } from './tfjsPreprocess';

/** A module of functions of TensorFlow.js, channels last; weights as its converter writes them, `layer/weight`. */
export function tfjsCode(document: ModelDocument): NetworkCode {
  const { network } = document;
  const flow = dataFlow(network);
  const names = new Identifiers([...tfjsWords, ...Object.keys(tfjsHelpers)]);
  const ids = new Map(flow.layers.map(({ name }) => [name, names.of(name)]));
  const at = (name: string): string => (flow.passing.has(name) ? 'x' : (ids.get(name) ?? ''));
  const known = new Set(network.inputs.map(at));
  const lines: string[] = [];
  const tensors = flow.layers.flatMap((layer) => {
    if (layer.kind === 'InputLayer') return [];
    const id = ids.get(layer.weightsOf ?? layer.name) ?? '';
    const code = writeLayer(tfjsLayers, layer, id);
    const variable = at(layer.name);
    const own = [...assignments(code, variable, layer.inputs.map(at))];
    if (!known.has(variable) && own[0] !== undefined) {
      const isLater = own.length > 1 || variable === 'x';
      own.splice(0, 1, `${isLater ? 'let' : 'const'} ${own[0]}`);
      known.add(variable);
    }
    lines.push(...own);
    return layer.weightsOf === undefined ? (code.tensors ?? plainTensors(layer, id)) : [];
  });
  const outputs = network.outputs.map(at);
  const result = outputs.length === 1 ? (outputs[0] ?? '') : `[${outputs.join(', ')}]`;
  const parameters = ['weights', ...network.inputs.map(at)].join(', ');
  const body = [...lines, `return ${result};`].map((line) => `    ${line.replace(/;$/, '')};\n`);
  const model = `/** Runs the network on ${shapeWords(document)}. */
export function predict(${parameters}) {
  return tf.tidy(() => {
${body.join('')}  });
}
`;
  const picture = pictureShape(document);
  const sections = [
    head(document, picture !== undefined),
    ...helpersIn(model, tfjsHelpers),
    loading,
    model,
    ...(picture ? [tfjsPreprocess(document, picture)] : []),
  ];
  return { text: sections.join('\n'), tensors };
}

function shapeWords({ network }: ModelDocument): string {
  const shapes = network.inputs.map((name) => {
    const shape = network.layers.find((layer) => layer.name === name)?.outputShape ?? [];
    return `[batch, ${shape.join(', ')}]`;
  });
  return shapes.join(' and ');
}

function head({ title, description }: ModelDocument, hasPictures: boolean): string {
  const input = hasPictures ? "preprocess(document.querySelector('img'))" : 'tf.zeros(…)';
  return `// Written by AlexNet Inspector for TensorFlow.js.
// Its weights lie beside it, in the file of the same name that ends in .weights.json and in its shards.
// ${commentText(title)}: ${commentText(description)}
//
//   import { loadWeights, predict${hasPictures ? ', preprocess' : ''} } from './this-file.mjs';
//   const weights = await loadWeights();
//   predict(weights, ${input.replace('…', '[1, …]')}).print();

import * as tf from '@tensorflow/tfjs';
`;
}

const loading = `/** Weights by name, from an address or any of tf.io's handlers, such as tf.io.fileSystem(path) of tfjs-node. */
export async function loadWeights(from = import.meta.url.replace(/\\.m?js$/, '.weights.json')) {
  const handler = typeof from === 'string' ? tf.io.http(from) : from;
  const { weightSpecs, weightData } = await handler.load();
  return tf.io.decodeWeights(weightData, weightSpecs);
}
`;

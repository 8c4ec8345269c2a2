import { weightKey, type NetworkWeights } from '../../../src/files/matching/networkWeights';
import type { ReadModel } from '../../../src/files/models/readModel';
import type { Layer } from '../../../src/network/layers/layer';
import type { ModelDocument } from '../../../src/network/modelDocument';
import { assemble, type LayerPlan } from '../../../src/network/assemble';
import type { Network } from '../../../src/network/network';
import { stretchToUnit } from '../../../src/network/preprocess/preprocess';
import { elementCount } from '../../../src/network/tensor/shape';
import { branchingNetworks } from '../branchingNetworks';
import { numbers } from '../formula';
import { formulaWeights } from '../formulaWeights';
import { graphModels, readGraph } from '../graphFixtures';
import { readFixture, wholeModels } from '../modelFixtures';
import { onnxModels, readOnnx } from '../onnxFixtures';

/** A network that is written as code, with its weights. */
export interface CodeModel {
  readonly name: string;
  readonly document: ModelDocument;
  readonly weights: NetworkWeights;
}

/** Small networks with every kind of layer and every setting. */
export function smallModels(): readonly CodeModel[] {
  return Object.entries(branchingNetworks).map(([name, build]) =>
    formulaModel(name, documentOf(name, build())),
  );
}

/** A layer that is applied twice, and an output that follows from its second call alone. */
export function secondCallModel(): CodeModel {
  const settings = { kind: 'Dense', units: 4, useBias: true, activation: 'relu' } as const;
  const plans: readonly LayerPlan[] = [
    ...['a', 'b'].map((name) => ({
      ...{ name, settings: { kind: 'InputLayer', shape: [5] } as const, inputs: [] },
    })),
    { name: 'first', settings, inputs: ['a'] },
    { name: 'second', settings, inputs: ['b'], weightsOf: 'first' },
    { name: 'end', settings: { kind: 'Softmax' }, inputs: ['second'] },
  ];
  const network = assemble(plans, { inputs: ['a', 'b'], outputs: ['end'] });
  return formulaModel('a second call', documentOf('a second call', network));
}

/** A document with weights by formula. */
export function formulaModel(name: string, document: ModelDocument): CodeModel {
  const { layers } = document.network;
  const all = layers.flatMap((layer, at) => [...formulaWeights(layer, 10 * at)]);
  return { name, document, weights: new Map(all) };
}

export function documentOf(title: string, network: Network): ModelDocument {
  return {
    ...{ id: title, title, description: 'of a test', network, preprocess: stretchToUnit },
    origin: { kind: 'file', name: title, uri: '' },
    ...{ labels: { names: [], source: 'a test' }, reasons: {} },
  };
}

/** The models of the fixtures that are whole, read one after the other. */
export async function* fixtureModels(): AsyncGenerator<CodeModel> {
  for (const name of wholeModels) yield await opened(name, await readFixture(name));
  for (const name of onnxModels) yield await opened(name, await readOnnx(name));
  for (const name of graphModels) yield await opened(`${name}-graph`, await readGraph(name));
}

async function opened(name: string, { document, weights, close }: ReadModel): Promise<CodeModel> {
  const read = new Map<string, Float32Array>();
  for (const [key, weight] of weights.weights) read.set(key, await weight.read());
  await close();
  return { name, document, weights: read };
}

/** The weights of one layer, as a model is built with. */
export function weightsOf({ weights }: CodeModel, layer: Layer): NetworkWeights {
  const keys = layer.weights.map(({ name }) => weightKey(layer.name, name));
  return new Map(keys.map((key) => [key, weights.get(key)!]));
}

/** Values of a formula for each input. */
export function inputsOf({ inputs, layers }: Network): ReadonlyMap<string, Float32Array> {
  return new Map(
    inputs.map((name, at) => {
      const shape = layers.find((layer) => layer.name === name)!.outputShape;
      return [name, numbers(elementCount(shape), 900 + at, 0.5)];
    }),
  );
}

/** The same network, every layer of which is an output. */
export function everyLayer(model: CodeModel): CodeModel {
  const { network } = model.document;
  const outputs = network.layers.filter(({ kind }) => kind !== 'InputLayer');
  const all = { ...network, outputs: outputs.map(({ name }) => name) };
  return {
    ...model,
    name: `${model.name}, every layer`,
    document: { ...model.document, network: all },
  };
}

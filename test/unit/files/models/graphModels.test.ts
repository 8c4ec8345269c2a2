import { strict as assert } from 'node:assert';
import type { Network } from '../../../../src/network/network';
import { type GraphJson, graphOracle, readGraph } from '../../../support/graphFixtures';

/** The same model with one node changed. */
function withNode(
  node: string,
  change: (own: GraphJson['modelTopology']['node'][number]) => Record<string, unknown>,
) {
  return (model: GraphJson): GraphJson => {
    const nodes = model.modelTopology.node.map((own) =>
      own.name.endsWith(node) ? { ...own, ...change(own) } : own,
    );
    return { ...model, modelTopology: { ...model.modelTopology, node: nodes } };
  };
}

function named({ layers }: Network): readonly string[] {
  return layers.map(({ name }) => name);
}

describe("graph models of TensorFlow.js' converter", () => {
  it('have layers by the names that their authors gave, not by those of the operators fused', async () => {
    const { document, weights, close } = await readGraph('mobile');
    assert.deepEqual(named(document.network).slice(0, 6), [
      ...['picture', 'conv1', 'm0_depthwise', 'm0_project', 'm0_add', 'm1_expand'],
    ]);
    assert.deepEqual(document.network.unresolved, []);
    assert.deepEqual(weights.problems, []);
    assert.ok(weights.weights.has('m0_depthwise.kernel'));
    await close();
  });

  it('of TensorFlow 1 take the size that is asked where they leave it open, and weights of 8 bits', async () => {
    const { document, weights, open, close } = await readGraph('v1');
    assert.deepEqual(open, ['input']);
    assert.deepEqual(named(document.network).slice(0, 3), [
      ...['input', 'Conv2d_0', 'Conv2d_1_depthwise'],
    ]);
    assert.equal((await weights.weights.get('Conv2d_0.kernel')!.read()).length, 3 * 3 * 3 * 8);
    const [output = ''] = document.network.outputs;
    const shape = document.network.layers.find(({ name }) => name === output)?.outputShape;
    assert.deepEqual(shape, graphOracle('v1').tensors.at(-1)?.output.shape.slice(1));
    await close();
  });

  it('keep what is known of them around an operator that is not', async () => {
    const { document, close } = await readGraph(
      'plain',
      withNode('/pool2/AvgPool', () => ({ op: 'Roll' })),
    );
    const { layers, unresolved } = document.network;
    assert.ok(layers.some(({ name }) => name === 'conv2'));
    const [first] = unresolved;
    assert.equal(first?.problem.sentence, 'pool2: Roll is not an operation that is known here');
    assert.ok(unresolved.every(({ problem }) => problem === first.problem));
    await close();
  });

  it('say that an operator has no input', async () => {
    const { document, close } = await readGraph(
      'mobile',
      withNode('m0_add/add', () => ({ input: [] })),
    );
    const [first] = document.network.unresolved;
    assert.equal(first?.problem.sentence, 'm0_add: Add has no input');
    await close();
  });

  it('say what is at fault in a kernel that does not fit', async () => {
    const { document, close } = await readGraph(
      'mobile',
      withNode('m1_expand_relu6/Relu6', ({ input = [] }) => ({
        input: ['picture', ...input.slice(1)],
      })),
    );
    const [first] = document.network.unresolved;
    assert.equal(
      first?.problem.sentence,
      'm1_expand: its kernel takes 8 channels, and its input has 3',
    );
    await close();
  });

  it('whose nodes wait for each other say so', async () => {
    const { document, close } = await readGraph('plain', (model) => {
      const later = model.modelTopology.node.find(({ name }) => name.endsWith('/pool2/AvgPool'));
      const turned = withNode('/conv1/Relu', ({ input = [] }) => ({
        input: [later?.name, ...input.slice(1)],
      }));
      return turned(model);
    });
    const sentences = document.network.unresolved.map(({ problem }) => problem.sentence);
    assert.match(sentences[0] ?? '', /^\w+: it is applied to \w+, which follows from it$/);
    await close();
  });

  it('of 2,000 nodes one after the other are read, and no more', async () => {
    const chain = (count: number) => (model: GraphJson) => {
      const [picture] = model.modelTopology.node.filter(({ op }) => op === 'Placeholder');
      const nodes = Array.from({ length: count }, (_, at) => ({
        ...{ name: `scope/relu_${at}/Relu`, op: 'Relu' },
        input: [at === 0 ? (picture?.name ?? '') : `scope/relu_${at - 1}/Relu`],
      }));
      const node = [...nodes.toReversed(), ...model.modelTopology.node];
      return { ...model, signature: undefined, modelTopology: { node } };
    };
    const { document, close } = await readGraph('plain', chain(1980));
    assert.ok(document.network.layers.some(({ name }) => name === 'scope/relu_1979'));
    await close();
    await assert.rejects(readGraph('plain', chain(2001)), /the model has more than 2000 layers/);
  });

  it('that split a map into more parts than it has say so', async () => {
    const parts = { attr: { num_split: { i: '1000000000' } } };
    const { document, close } = await readGraph(
      'mix',
      withNode('/split', () => parts),
    );
    const [first] = document.network.unresolved;
    assert.match(first?.problem.sentence ?? '', /does not split into 1000000000 along axis 3/);
    await close();
  });

  it('without a file of their weights are drawn as far as no shape is computed from one', async () => {
    const moved = (model: GraphJson): GraphJson => ({
      ...model,
      weightsManifest: (model['weightsManifest'] as { paths: string[] }[]).map((group) => ({
        ...group,
        paths: ['../elsewhere.bin'],
      })),
    });
    const { document, weights, close } = await readGraph('plain', moved);
    assert.ok(document.network.layers.some(({ name }) => name === 'conv2'));
    const missing = weights.problems.map(({ sentence }) => sentence);
    assert.ok(
      missing.some((sentence) => sentence.includes('../elsewhere.bin')),
      missing[0],
    );
    await close();
  });
});

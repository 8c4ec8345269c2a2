import assert from 'node:assert/strict';
import { type AlexNetId, alexNets } from '../../../src/library/alexNets';
import { layerNamed } from '../../../src/network/network';
import { summarize } from '../../../src/network/summary';
import {
  kindWords,
  layerFacts,
  reasonWords,
  type Timing,
} from '../../../src/webview/layers/layerFacts';

function facts(id: AlexNetId, name: string, timing?: Timing): Record<string, string> {
  const { network } = alexNets[id];
  const { layers, totals } = summarize(network);
  const summary = layers.find((layer) => layer.name === name)!;
  const layer = layerNamed(network, name);
  const list = layerFacts({ layer, summary, totals, timing });
  return Object.fromEntries(list.map(({ term, value }) => [term, value]));
}

describe('the facts of a layer', () => {
  it('write conv1 of Keras out as the card shows it', () => {
    assert.deepEqual(facts('keras', 'conv1', { milliseconds: 5.46, backend: 'wasm' }), {
      'Input → output': '224 × 224 × 3 → 56 × 56 × 96',
      Kernel: '11 × 11, stride 4',
      Padding: 'same (3 before, 4 after)',
      Groups: '1',
      Parameters: '11·11·3·96 + 96 = 34,944 (0.1 %)',
      MACs: '109,283,328 (9.6 %)',
      Activations: '1.20 MB float32',
      'Receptive field': '11 × 11 px, every 4 px',
      'Last run': '5.5 ms on wasm',
    });
  });

  it('have no time before a run', () => {
    assert.ok(!('Last run' in facts('keras', 'conv1')));
  });

  const cases: readonly (readonly [AlexNetId, string, string, string])[] = [
    ['paper', 'conv1', 'Padding', 'valid (none)'],
    ['paper', 'conv2', 'Padding', '2 on every side'],
    ['paper', 'conv2', 'Groups', '2: each filter sees 1/2 of the channels'],
    ['paper', 'pool1', 'Padding', 'valid (none), size rounded up'],
    ['keras', 'conv3', 'Padding', 'same (1 on every side)'],
    ['keras', 'bn1', 'Parameters', '4·96 = 384 (< 0.1 %), 192 trainable'],
    ['keras', 'pool1', 'Parameters', '0'],
    ['keras', 'pool1', 'Window', '3 × 3, stride 2'],
    ['keras', 'input', 'Receptive field', '1 × 1 px, every pixel'],
    ['keras', 'drop7', 'Rate', '0.5 in training, none at inference'],
    ['keras', 'fc6', 'Parameters', '9216·4096 + 4096 = 37,752,832 (60.5 %)'],
    ['paper', 'norm1', 'Constants', 'k 2, alpha 0.0001 per element, beta 0.75'],
    ['torchvision', 'avgpool', 'Output side', '6 for any input'],
  ];
  for (const [id, layer, term, value] of cases) {
    it(`say of ${layer} of ${id}: ${term} ${value}`, () => {
      assert.equal(facts(id, layer)[term], value);
    });
  }
});

describe('words for a layer', () => {
  it('name the activation that is built in', () => {
    const { network } = alexNets.keras;
    assert.equal(kindWords(layerNamed(network, 'conv1')), 'Conv2D, ReLU');
    assert.equal(kindWords(layerNamed(network, 'fc8')), 'Dense, softmax');
    assert.equal(kindWords(layerNamed(network, 'pool1')), 'MaxPooling2D');
  });

  it('cite the paper where it has such a layer', () => {
    assert.equal(reasonWords({ section: '3.5', text: 'So.' }), '§3.5: So.');
    assert.equal(reasonWords({ text: 'So.' }), 'So.');
  });
});

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { networkCode } from '../../../../src/host/export/networkCode';
import { alexNets } from '../../../../src/library/alexNets';
import { assemble, type LayerPlan } from '../../../../src/network/assemble';
import type { ModelDocument } from '../../../../src/network/modelDocument';
import { elementCount } from '../../../../src/network/tensor/shape';
import { codeFrameworks } from '../../../../src/protocol/codeFrameworks';
import { branchingNetworks } from '../../../support/branchingNetworks';
import { documentOf } from '../../../support/code/codeModels';
import { hostileModel } from '../../../support/code/hostileModel';

const golden: readonly (readonly [name: string, document: ModelDocument])[] = [
  ['bvlc', alexNets.bvlc],
  ['residual', documentOf('residual', branchingNetworks['a residual block']!())],
];

for (const framework of codeFrameworks) {
  describe(`a network as code for ${framework}`, () => {
    for (const [name, document] of golden) {
      it(`is what an engineer would write: ${name}`, () => {
        const path = resolve('test/fixtures/code', `${name}.${framework}.txt`);
        assert.equal(networkCode(document, framework).text, readFileSync(path).toString());
      });
    }

    it('takes nothing of a file for code: names become identifiers, titles a comment', () => {
      const { document } = hostileModel();
      const { text, tensors } = networkCode(document, framework);
      assert.match(text, /^[\n\x20-\x7e]*$/);
      const [first = '', second = '', title = '', ...code] = text.split('\n');
      // Python looks for an encoding in the first two lines.
      for (const line of [first, second]) assert.match(line, /^(#|\/\/) (Written by|Its weights)/);
      assert.match(title, /^(#|\/\/) hostile"""\?import os\?\*\//);
      assert.doesNotMatch(code.join('\n'), /import os\b|__import__|alert\(|os\.system|\$\{/);
      const names = tensors.map((tensor) => tensor.name);
      assert.equal(new Set(names).size, names.length);
      for (const tensor of names) assert.match(tensor, /^[A-Za-z]\w*[./]\w+$/);
    });

    it('has tensors of the size of what they come from', () => {
      for (const { network } of golden.map(([, document]) => document)) {
        const { tensors } = networkCode(documentOf('t', network), framework);
        const count = tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0);
        const own = network.layers.flatMap(({ weights }) => weights);
        assert.equal(
          count,
          own.reduce((sum, { shape }) => sum + elementCount(shape), 0),
        );
      }
    });

    it('is refused in a sentence that names the layer and what to do', () => {
      const plans: readonly LayerPlan[] = [
        { name: 'image', settings: { kind: 'InputLayer', shape: [4, 4, 3] }, inputs: [] },
        { name: 'scale', settings: { kind: 'Unknown', operation: 'Lambda' }, inputs: ['image'] },
        { name: 'end', settings: { kind: 'Softmax' }, inputs: ['scale'] },
      ];
      const network = assemble(plans, { inputs: ['image'], outputs: ['end'] });
      assert.throws(
        () => networkCode(documentOf('broken', network), framework),
        /^Error: scale: Lambda is not an operation that is known here: the network cannot be written for \S+ as it is; mend that layer, or export the network as JSON$/,
      );
    });

    it('is written without branches that lead nowhere, at fault or not', () => {
      const plans: readonly LayerPlan[] = [
        { name: 'image', settings: { kind: 'InputLayer', shape: [4, 4, 3] }, inputs: [] },
        { name: 'lost', settings: { kind: 'Unknown', operation: 'Lambda' }, inputs: ['image'] },
        { name: 'unused', settings: { kind: 'Flatten' }, inputs: ['image'] },
        { name: 'end', settings: { kind: 'Softmax' }, inputs: ['image'] },
      ];
      const network = assemble(plans, { inputs: ['image'], outputs: ['end'] });
      const { text } = networkCode(documentOf('part', network), framework);
      assert.doesNotMatch(text, /lost|unused|flatten/i);
    });
  });
}

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { library } from '../../../src/library/alexNets';
import { documentJson } from '../../../src/network/documentJson';
import type { ModelDocument } from '../../../src/network/modelDocument';
import { branchingNetworks } from '../../support/branchingNetworks';
import { documentOf } from '../../support/code/codeModels';

describe('a document as JSON', () => {
  for (const document of library) {
    it(`is all of ${document.id}, readable`, () => {
      const text = documentJson(document);
      const { format, version, ...read } = JSON.parse(text) as ModelDocument & {
        readonly format: string;
        readonly version: number;
      };
      assert.deepEqual([format, version], ['alexnet-inspector/network', 1]);
      assert.deepEqual(read, JSON.parse(JSON.stringify(document)));
      const shape = document.network.layers[0]!.outputShape.join(', ');
      assert.ok(text.includes(`"outputShape": [${shape}]`), 'a shape on one line');
    });
  }

  it('of a file names it, and says neither where it lies nor what it is called in this window', () => {
    const made = documentOf('model.onnx', branchingNetworks['a residual block']!());
    const uri = 'file:///home/someone/secret/model.onnx';
    const origin = { kind: 'file', name: 'model.onnx', uri } as const;
    const text = documentJson({ ...made, id: uri, origin });
    assert.doesNotMatch(text, /secret/);
    const { origin: read } = JSON.parse(text) as ModelDocument;
    assert.deepEqual(read, { kind: 'file', name: 'model.onnx' });
  });

  it('holds nothing that its description leaves out', () => {
    const description = readFileSync(resolve('docs/network-json.md')).toString();
    const words = new Set(description.match(/(?<=`)[\w/]+(?=`)/g));
    const documents = [
      ...library,
      ...Object.entries(branchingNetworks).map(([name, build]) => documentOf(name, build())),
    ];
    const missing = new Set<string>();
    for (const document of documents) {
      for (const layer of document.network.layers) {
        for (const key of [...Object.keys(layer), layer.kind])
          if (!words.has(key)) missing.add(key);
        const activation = 'activation' in layer ? layer.activation : 'linear';
        const own =
          typeof activation === 'string'
            ? [activation]
            : [activation.function, ...Object.keys(activation)];
        for (const key of own) if (!words.has(key)) missing.add(key);
      }
      for (const key of Object.keys(document)) if (!words.has(key)) missing.add(key);
    }
    assert.deepEqual([...missing], []);
  });
});

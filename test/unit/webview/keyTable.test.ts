import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { summarize } from '../../../src/network/summary';
import { tableColumns } from '../../../src/network/tableColumns';
import { meaningOf, terms } from '../../../src/webview/draw/glossary';
import { keyTable } from '../../../src/webview/keys/keyTable';
import { layerFacts } from '../../../src/webview/layers/layerFacts';

describe('the overlay of all keys', () => {
  const readme = readFileSync('README.md', 'utf8');
  const cells = [...readme.matchAll(/^\| ([^|]+)\|/gm)].map(([, cell = '']) => cell);
  const named = cells.join(' ').replaceAll('arrow keys', '← ↑ → ↓').replaceAll('arrows', '← ↑ → ↓');

  it('has no key that the README leaves out', () => {
    const missing = keyTable
      .flatMap(({ keys }) => keys.flatMap((each) => each.keys))
      .filter((key) => !named.includes(key));
    assert.deepEqual(missing, []);
  });
});

describe('the glossary', () => {
  it('explains a term in one or two short sentences', () => {
    for (const term of terms) {
      const meaning = meaningOf(term) ?? '';
      assert.match(meaning, /^[A-Z].*\.$/, term);
      assert.ok(meaning.length <= 130, `${term} takes ${meaning.length} letters`);
    }
    assert.equal(meaningOf('no such term'), undefined);
    assert.equal(meaningOf('toString'), undefined);
  });

  it('knows the terms that every layer states, and the heads of the table that need it', () => {
    const stated = alexNetIds.flatMap((id) => {
      const { network } = alexNets[id];
      const { layers, totals } = summarize(network);
      return layers.flatMap((summary) => {
        const layer = network.layers.find(({ name }) => name === summary.name)!;
        const timing = { milliseconds: 1, backend: 'wasm' };
        return layerFacts({ layer, summary, totals, timing }).map(({ term }) => term);
      });
    });
    const plain = ['Input → output', 'Function', 'Constants', 'Output side'];
    const unknown = [...new Set(stated)].filter((term) => meaningOf(term) === undefined);
    assert.deepEqual(
      unknown.filter((term) => !plain.includes(term)),
      [],
    );
    const heads = tableColumns(new Map([['conv1', 1]])).map(({ title }) => title);
    assert.deepEqual(
      heads.filter((head) => meaningOf(head) === undefined),
      ['Layer', 'Kind', 'Input', 'Output'],
    );
  });
});

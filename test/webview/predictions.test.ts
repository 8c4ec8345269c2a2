import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { stretchToUnit } from '../../src/network/preprocess/preprocess';
import type { PublishedWeights } from '../../src/network/modelDocument';
import type { PanelState, RunView } from '../../src/protocol/panelProtocol';
import { axeViolations } from '../support/panelAxe';
import { openPanel } from '../support/panel';
import { closeWorkbench, openWorkbench } from '../support/workbench';

const published: PublishedWeights = {
  name: 'BVLC AlexNet',
  top1: 57.1,
  top5: 80.2,
  conditions: 'ILSVRC-2012 validation, centre crop',
  licence: 'unrestricted use',
  source: 'https://example.org/models/bvlc_alexnet/',
};

/** The page is told what the host would tell it of trained weights: no such file is at hand. */
describe('predictions of trained weights', () => {
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench();
    frame = await openPanel(page);
    await show({ run, weights: { ...weights, published } });
    await frame.getByRole('heading', { name: 'Top 5', exact: true }).waitFor();
  });
  after(() => closeWorkbench(page));

  async function show(change: Partial<PanelState>): Promise<void> {
    await frame.evaluate(
      (sent) => {
        const message = { type: 'request', id: Date.now(), method: 'update', params: sent };
        window.postMessage(message);
      },
      { change },
    );
  }

  it('have the label, the probability, the index and the WordNet id where it is known', async () => {
    const items = frame.locator('.predictions li');
    assert.deepEqual(
      (await items.allInnerTexts()).map((text) => text.split('\n').filter(Boolean).slice(0, 3)),
      [
        ['tabby, tabby cat', '82.1 %', 'class 281 · n02123045'],
        ['crane', '10.3 %', 'class 134 · n02012849'],
      ],
    );
    assert.equal(await items.locator('s').count(), 0);
    const whys = items.getByRole('button', { name: /^Why\? (tabby, tabby cat|crane)$/ });
    assert.equal(await whys.count(), 2);
  });

  it('name the weights, their published accuracy with its conditions, licence and source', async () => {
    const text = (await frame.locator('.published').innerText()).replaceAll(/\s+/g, ' ');
    for (const words of [
      'BVLC AlexNet',
      'top-1 57.1 %, top-5 80.2 %',
      'ILSVRC-2012 validation, centre crop',
      'unrestricted use',
    ]) {
      assert.ok(text.includes(words), `"${words}" is missing: ${text}`);
    }
    const link = frame.getByRole('link', { name: 'example.org/models/bvlc_alexnet' });
    assert.equal(await link.getAttribute('href'), published.source);
    assert.deepEqual(await axeViolations(frame), []);
  });

  it('say no accuracy of weights that nobody published, and none of untrained ones', async () => {
    for (const other of [weights, { ...weights, trained: false, published }]) {
      await show({ weights: other });
      await frame.locator('.published').waitFor({ state: 'detached' });
      await show({ weights: { ...weights, published } });
      await frame.locator('.published').waitFor();
    }
  });

  it('give no link where the source is no address', async () => {
    await show({ weights: { ...weights, published: { ...published, source: 'a colleague' } } });
    await frame.locator('.published').getByText('a colleague').waitFor();
    assert.equal(await frame.locator('.published a').count(), 0);
  });
});

const weights = { documentId: 'keras', trained: true, name: 'bvlc', tensors: 16 } as const;

const pixel = { width: 1, height: 1, rgb: Uint8Array.of(90, 120, 150) };

const run: RunView = {
  runId: 1,
  name: 'cat.jpg',
  documentId: 'keras',
  network: 'Some network',
  width: 640,
  height: 480,
  preview: pixel,
  seen: pixel,
  channels: [],
  preprocess: stretchToUnit,
  predictions: [
    { index: 281, label: 'tabby, tabby cat', probability: 0.821, synset: 'n02123045' },
    { index: 134, label: 'crane', probability: 0.103, synset: 'n02012849' },
  ],
  trained: true,
  weights: 'random, seed 1',
  backend: 'wasm',
  milliseconds: { decode: 1, preprocess: 1, forward: 1 },
  layers: [],
};

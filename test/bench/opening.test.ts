import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { environment } from '../support/environment';
import { kerasModel } from '../support/kerasPlans';
import { explorerMenu, explorerRow, shownRun } from '../support/panelPictures';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';
import { writeMeasures } from './writeMeasures';
import { writeOnnx } from './writeOnnx';

const runs = 5;
const menuSettleMs = 500;
const models = ['MobileNetV2', 'ResNet50'] as const;

/** Two frames: the one that draws, and the one that follows when it is on the screen. */
async function painted(frame: Frame): Promise<void> {
  await frame.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

describe('a model that is opened', function () {
  this.timeout(600_000);
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  let page: Page;

  before(async () => {
    await writeFile(join(workspace, 'blank.empty'), '');
    for (const name of models) {
      const { network } = kerasModel(name);
      const weights = new Map(network.layers.flatMap((layer) => [...randomLayerWeights(layer, 1)]));
      await writeOnnx(join(workspace, `${name}.onnx`), network, weights);
    }
    page = await openWorkbench({ width: 1600 });
    // Before it knows its extensions, VS Code opens files of any name as text.
    await runCommand(page, 'AlexNet: Show Architecture');
    await panelFrame(page, '[data-layer=fc8]');
    await runCommand(page, 'View: Close All Editors');
  });
  after(() => closeWorkbench(page));

  it('is measured from the click to the painted graph and heatmaps, in turns with an empty page', async () => {
    const waits = {
      'blank.empty': '#empty',
      'MobileNetV2.onnx': '[data-layer=predictions]',
      'ResNet50.onnx': '[data-layer=predictions]',
    };
    const drawn = new Map<string, number[]>();
    const ran = new Map<string, number[]>();
    for (let run = 0; run <= runs; run++) {
      for (const [name, selector] of Object.entries(waits)) {
        await explorerRow(page, name).scrollIntoViewIfNeeded();
        const start = Date.now();
        await explorerRow(page, name).click();
        await painted(await panelFrame(page, selector));
        note(drawn, name, Date.now() - start, run);
        if (name.endsWith('.onnx')) note(ran, name, await timeClassify(page), run);
        await runCommand(page, 'View: Close All Editors');
        await page.waitForFunction(() => document.querySelectorAll('iframe.webview').length === 0);
      }
    }
    for (const [name, values] of drawn) {
      const { size } = await stat(join(workspace, name));
      const of = name.endsWith('.empty')
        ? 'an empty page'
        : `${name}, ${Math.round(size / 1e6)} MB`;
      writeMeasures('opening', [{ name: `${of}: click to painted`, values }]);
      const first = ran.get(name);
      if (first)
        writeMeasures('opening', [
          { name: `${of}: its first picture to painted heatmaps`, values: first },
        ]);
    }
  });
});

/** The first time teaches VS Code the menu, and is left out. */
function note(into: Map<string, number[]>, name: string, value: number, run: number): void {
  if (run > 0) into.set(name, [...(into.get(name) ?? []), value]);
}

async function timeClassify(page: Page): Promise<number> {
  const items = await explorerMenu(page, 'cat.jpg');
  // A menu takes no click in its first moments.
  await page.waitForTimeout(menuSettleMs);
  const start = Date.now();
  await items.filter({ hasText: 'AlexNet: Classify Image' }).click();
  await painted(await shownRun(page, 'cat.jpg'));
  return Date.now() - start;
}

import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { modelBytes, modelOracle } from '../support/modelFixtures';
import { block, dressPanel, openDetails, setPanelWidth } from '../support/panel';
import { axeViolations } from '../support/panelAxe';
import {
  classifyInExplorer,
  explorerRow,
  shownRun,
  takeInExplorer,
} from '../support/panelPictures';
import { type Theme, themes } from '../support/userSettings';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

const open = 'AlexNet: Open as Network';

describe('a model that is opened from its file', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  const names = ['residual.keras', 'broken-channels.keras', 'broken-only.weights.h5'];
  let page: Page;
  let frame: Frame;

  before(async () => {
    for (const name of names) await keep(name, modelBytes(name));
    page = await openWorkbench({ width: 1440, height: 900 });
  });
  after(async () => {
    await closeWorkbench(page);
    for (const name of names) await rm(join(workspace, name), { force: true });
  });

  async function keep(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), bytes);
  }

  const tab = (name: string): Locator =>
    page.locator('.part.editor').getByRole('tab', { name: new RegExp(`^${name}`) });

  async function openModel(name: string, layer: string): Promise<Frame> {
    await takeInExplorer(page, name, open);
    await tab(name).and(page.locator('[aria-selected=true]')).waitFor();
    return panelFrame(page, `[data-layer="${layer}"]`);
  }

  it('is drawn in an editor of its own, with the shapes that its own library gives', async () => {
    frame = await openModel('residual.keras', 'b_out');
    const { layers } = modelOracle('residual');
    for (const { name, output } of layers.filter(({ model }) => !model)) {
      const label = (await block(frame, name).getAttribute('aria-label')) ?? '';
      assert.ok(label.includes(`output ${output.shape.join(' × ')},`), `${name}: ${label}`);
    }
    assert.equal(
      await frame
        .locator('#variant')
        .inputValue()
        .then((uri) => uri.endsWith('residual.keras')),
      true,
    );
    await frame.locator('#weights', { hasText: 'own weights' }).waitFor();
  });

  it('is given the pictures that a person classifies while it is in front', async () => {
    await classifyInExplorer(page, 'cat.jpg');
    frame = await shownRun(page, 'cat.jpg');
    for (const { name } of modelOracle('residual').layers)
      assert.equal(await block(frame, name).locator('image').count(), 1, name);
    assert.match(await frame.locator('.predictions').innerText(), /class \d/);
    const details = await openDetails(frame, 'a_add');
    await details.locator('#tab-channels').click();
    await frame.locator('.channels:not([aria-busy=true]) .tile-stage').waitFor();
    await page.keyboard.press('Escape');
  });

  it('is there again, with its picture, after VS Code was started again', async () => {
    await frame.locator('.labels-note', { hasText: 'Labels: none, class 0 to class' }).waitFor();
    await runCommand(page, 'AlexNet: Use Random Weights');
    await frame.locator('.untrained-note').waitFor();
    await frame.getByRole('button', { name: 'Steps of the preprocessing' }).click();
    await frame.getByRole('textbox', { name: 'Scale' }).fill('1/127.5');
    const changed = /^Changed by you; the model’s own is assumed: stretched/;
    await frame.getByText(changed).waitFor();
    frame = await shownRun(page, 'cat.jpg');
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      runCommand(page, 'Developer: Reload Window', { asks: true }),
    ]);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    frame = await panelFrame(page, '[data-layer="b_out"]');
    frame = await shownRun(page, 'cat.jpg');
    await frame.locator('#weights', { hasText: 'random' }).waitFor();
    await frame.getByText(changed).waitFor();
  });

  it('says which layer is at fault, and what follows from it', async () => {
    frame = await openModel('broken-channels.keras', 'merge');
    await frame.locator('.node.faulty[data-layer=merge], .faulty [data-layer=merge]').waitFor();
    await frame.locator('[data-layer=left]').waitFor();
    await openDetails(frame, 'merge');
    await frame
      .locator('.details-pane')
      .getByText(/16 × 16 × 6/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    for (const theme of Object.keys(themes) as Theme[]) {
      await dressPanel(page, frame, theme);
      assert.deepEqual(await axeViolations(frame, { theme }), [], theme);
    }
    await dressPanel(page, frame, 'dark');
    await classifyInExplorer(page, 'cat.jpg');
    frame = await shownRun(page, 'cat.jpg');
    await frame
      .getByText(/^merge: .*\.$/)
      .first()
      .waitFor();
  });

  it('is offered again when its file has changed', async () => {
    await keep('broken-channels.keras', modelBytes('residual.keras'));
    const toast = page.locator('.notification-toast', {
      hasText: 'broken-channels.keras has changed',
    });
    await toast.getByRole('button', { name: 'Read Again' }).click();
    frame = await panelFrame(page, '[data-layer="b_out"]');
  });

  it('is refused on a page that says what to do where the file holds none', async () => {
    await takeInExplorer(page, 'broken-only.weights.h5', open);
    // The panel's own page has a region for problems too.
    frame = await panelFrame(page, 'main:not(#app) [role=alert]');
    const said = await frame.locator('[role=alert]').innerText();
    assert.match(said, /broken-only\.weights\.h5 .*Load Weights/);
    const buttons = await frame.locator('button').allInnerTexts();
    assert.deepEqual(buttons, ['Try Again', 'Load as Weights', 'Open With…']);
    assert.deepEqual(await axeViolations(frame), []);
    await keep('broken-only.weights.h5', modelBytes('plain-keras2.h5'));
    await frame.getByRole('button', { name: 'Try Again' }).click();
    frame = await panelFrame(page, '[data-layer]');
    await setPanelWidth(page, frame, 600);
    assert.deepEqual(await axeViolations(frame), []);
  });

  it('leaves the network of the window’s own panel as it was, where it can be chosen too', async () => {
    await runCommand(page, 'AlexNet: Show Architecture');
    frame = await panelFrame(page, '[data-layer="conv5"]');
    assert.equal(await frame.locator('#variant').inputValue(), 'keras');
    const options = await frame.locator('#variant option').allInnerTexts();
    assert.ok(options.includes('residual.keras'), options.join());
    assert.ok(await explorerRow(page, 'residual.keras').isVisible());
  });

  it('is opened after another one was closed', async () => {
    await runCommand(page, 'View: Close All Editors');
    frame = await openModel('residual.keras', 'b_out');
    await runCommand(page, 'View: Close All Editors');
    // It was mended above.
    frame = await openModel('broken-channels.keras', 'a_out');
  });
});

import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { panelTab, block, graphTransform, openDetails, openPanel } from '../support/panel';
import { classify, explorerRow, shownRun } from '../support/panelPictures';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

describe('what the person looks at', () => {
  let page: Page;
  let frame: Frame;
  let zoomed: string;

  before(async () => {
    page = await openWorkbench();
    frame = await openPanel(page);
  });
  after(() => closeWorkbench(page));

  /** Another editor in the panel's place, and back. */
  async function hideAndShow(): Promise<void> {
    await explorerRow(page, 'README.md').click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await panelTab(page).click();
    frame = await panelFrame(page, '[data-layer]');
  }

  async function assertView(): Promise<void> {
    await frame.locator('#details-title', { hasText: 'norm1' }).waitFor();
    assert.equal(await frame.locator('#variant').inputValue(), 'paper');
    assert.equal(await block(frame, 'norm1').getAttribute('aria-pressed'), 'true');
    assert.equal(await frame.locator('[data-layer="conv5"]').count(), 0);
    await frame.locator('[data-folded="conv block 5"]').waitFor();
    assert.equal(await graphTransform(frame), zoomed);
  }

  it('stays when the rest of the page changes: a zoom by wheel and one by key', async () => {
    await frame.locator('#variant').selectOption('paper');
    await block(frame, 'norm1').waitFor();
    await frame.locator('[data-block="conv block 5"]').click();
    await openDetails(frame, 'norm1');
    for (const zoom of [() => page.keyboard.press('+'), () => page.mouse.wheel(0, -300)]) {
      const before = await graphTransform(frame);
      await block(frame, 'conv1').locator('.face').hover();
      await zoom();
      await frame.waitForFunction(
        (old) => document.querySelector('.world')!.getAttribute('transform') !== old,
        before,
      );
      zoomed = await graphTransform(frame);
      await frame.getByRole('button', { name: 'strongest' }).click();
      await frame.getByRole('button', { name: 'mean' }).click();
      assert.equal(await graphTransform(frame), zoomed);
    }
  });

  it('is there again after another editor was in front', async () => {
    await hideAndShow();
    await assertView();
  });

  it('is there again after VS Code was started again, without being asked for', async () => {
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      runCommand(page, 'Developer: Reload Window', { asks: true }),
    ]);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    frame = await panelFrame(page, '[data-layer]');
    await assertView();
  });

  it('has the picture and its result again after another editor was in front', async () => {
    frame = await classify(page, 'still-life.jpg');
    const predictions = await frame.locator('.predictions').innerText();
    await hideAndShow();
    await shownRun(page, 'still-life.jpg');
    assert.equal(await frame.locator('.predictions').innerText(), predictions);
    const blocks = await frame.locator('.node').count();
    assert.equal(await frame.locator('.node image.map').count(), blocks - 1);
  });

  it('follows a picture that was classified while another editor was in front', async () => {
    await explorerRow(page, 'README.md').click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    frame = await classify(page, 'gratings.png');
    await frame.getByRole('img', { name: 'The picture gratings.png' }).waitFor();
  });
});

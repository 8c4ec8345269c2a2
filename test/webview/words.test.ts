import assert from 'node:assert/strict';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { openPanel } from '../support/panel';
import {
  classify,
  classifyInExplorer,
  explorerMenu,
  selectInExplorer,
  shownRun,
  takeInExplorer,
} from '../support/panelPictures';
import { eventually } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';

describe('what a person is told and offered', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  const drawing = join(workspace, 'a-drawing.svg');
  const wrong = join(workspace, 'a-wrong.pth');
  let page: Page;
  let frame: Frame;

  before(async () => {
    await writeFile(drawing, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>');
    await copyFile(join(workspace, 'still-life.jpg'), wrong);
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await openPanel(page);
    await classify(page, 'still-life.jpg');
  });
  after(async () => {
    await closeWorkbench(page);
    for (const file of [drawing, wrong]) await rm(file, { force: true });
  });

  const problem = async (): Promise<string> => {
    const text = frame.getByRole('alert').locator('.problem-text');
    await text.waitFor();
    const words = await text.innerText();
    await frame.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
    await text.waitFor({ state: 'detached' });
    return words;
  };

  /** The extension's commands in the palette, which draws no more rows than its window has room for. */
  const commands = async (): Promise<readonly string[]> => {
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await page.setViewportSize({ width: 1440, height: 2400 });
    const names = await eventually('the commands of the palette', async (timeout) => {
      const input = page.locator('.quick-input-widget input.input');
      if (!(await input.isVisible())) await page.keyboard.press('F1');
      await input.fill('>AlexNet: ', { timeout });
      await rows.filter({ hasText: 'AlexNet: Show Log' }).waitFor({ timeout });
      return await rows.locator('.label-name').allInnerTexts();
    });
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1440, height: 900 });
    return names.filter((name) => name.startsWith('AlexNet: '));
  };

  it('a command is in the palette when it can do something, with … where it asks', async () => {
    const one = await commands();
    for (const name of ['Classify Image…', 'Load Weights…', 'Select Network…', 'Compare With…'])
      assert.ok(one.includes(`AlexNet: ${name}`), `${name} is not in ${one.join(', ')}`);
    for (const name of ['Next Picture', 'Previous Picture', 'End Comparison', 'Use Random Weights'])
      assert.ok(!one.includes(`AlexNet: ${name}`), name);
    await selectInExplorer(page, ['cat.jpg', 'gratings.png']);
    await classifyInExplorer(page, 'cat.jpg');
    await shownRun(page, 'gratings.png');
    assert.ok((await commands()).includes('AlexNet: Next Picture'));
  });

  it('a drawing has the entry of pictures in its menu, and a sentence says what to do', async () => {
    await classifyInExplorer(page, 'a-drawing.svg');
    assert.equal(
      await problem(),
      'a-drawing.svg is a drawing (SVG), which is not read: export it as PNG.',
    );
    const last = frame.locator('.strip-option').last();
    assert.match((await last.getAttribute('aria-label')) ?? '', /^a-drawing.svg failed.*3 of 3$/);
  });

  it('a picture that is chosen as weights is called a picture', async () => {
    const items = await explorerMenu(page, 'a-wrong.pth');
    const entry = items.filter({ hasText: 'AlexNet: Load Weights' });
    assert.equal((await entry.innerText()).trim(), 'AlexNet: Load Weights');
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
    await takeInExplorer(page, 'a-wrong.pth', 'AlexNet: Load Weights');
    assert.equal(await problem(), 'a-wrong.pth is a JPEG picture, not weights.');
  });

  it('labels of untrained weights are warned of beside them, in words that fit the pane', async () => {
    const note = frame.locator('[data-notice=untrained]');
    assert.match(
      await note.innerText(),
      /^Untrained weights: labels mean nothing\s+Load weights of 10/,
    );
    const cut = await frame.locator('.picture-pane').evaluate((pane) => {
      return pane.scrollWidth > pane.clientWidth;
    });
    assert.equal(cut, false);
    assert.doesNotMatch(await frame.locator('.header').innerText(), /untrained/i);
  });

  it('are replaced at a click by weights that come with the extension, which say how much they know', async () => {
    await frame.getByRole('button', { name: 'Load weights of 10 classes' }).click();
    const note = frame.locator('[data-notice=known]');
    await note.getByText('One of the ten kinds of things that these weights know').waitFor();
    assert.equal(await frame.locator('.predictions s').count(), 0);
    const facts = await frame.locator('.published').innerText();
    assert.match(facts, /Measured accuracy\s+top-1 [\d.]+ %, top-5 [\d.]+ %.*3,925/s);
  });

  it('a download is agreed to after what it changes is said, the rest on demand', async () => {
    const dialogue = page.locator('.monaco-dialog-box');
    const press = async (name: string): Promise<void> =>
      dialogue.getByRole('button', { name, exact: true }).click();
    await frame.getByRole('button', { name: /^Load ImageNet weights for BVLC AlexNet/ }).click();
    await dialogue.getByText('Download BVLC AlexNet, Deep Compression?').waitFor();
    const short = await dialogue.innerText();
    assert.match(
      short,
      /The panel will change from Keras functional to BVLC AlexNet \(Caffe\)\.\s+About 9\.0 MB from github\.com\./,
    );
    assert.doesNotMatch(short, /Licence|SHA-1/);
    await press('Details');
    await dialogue.getByText('Licence: BSD-2-Clause').waitFor();
    await press('Download');
  });

  it('a download that fails offers to try again, and fails again without asking', async () => {
    const toast = (): Locator =>
      page.locator('.notification-toast').filter({ hasText: 'could not be reached' });
    for (const name of ['Load Weights…', 'Show Log', 'Try Again'])
      await toast().getByRole('button', { name }).waitFor();
    // The progress stands below for a moment, and what is above it moves when it goes.
    await page.locator('.notification-toast').nth(1).waitFor({ state: 'detached' });
    await toast().evaluate((first) => first.classList.add('the-first'));
    await toast().getByRole('button', { name: 'Try Again' }).click();
    await page.locator('.the-first').waitFor({ state: 'detached' });
    await toast().waitFor();
    assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
  });
});

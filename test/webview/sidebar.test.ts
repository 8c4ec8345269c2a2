import assert from 'node:assert/strict';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { panelTab } from '../support/panel';
import { classify, explorerRow, shownRun } from '../support/panelPictures';
import { eventually } from '../support/waiting';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

describe('what is there beside the panel', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  let page: Page;
  const view = (name: string): Locator => page.getByRole('tree', { name });
  const row = (tree: string, text: string): Locator =>
    view(tree).getByRole('treeitem').filter({ hasText: text });
  const step = (title: string): Locator =>
    page.locator('.getting-started-step').filter({ hasText: title });
  const statusItem = (): Locator => page.locator('.statusbar-item[id$="alexnet.status"]');

  /** Shows the views of the activity bar, in place of the Explorer. */
  async function showViews(): Promise<void> {
    await page.locator('.activitybar').getByRole('tab', { name: 'AlexNet' }).click();
    await row('Networks', 'Keras functional').waitFor();
  }

  async function renameInExplorer(from: string, to: string): Promise<void> {
    await explorerRow(page, from).click();
    await page.keyboard.press('F2');
    const input = page.locator('.explorer-folders-view input');
    await input.fill(to);
    await input.press('Enter');
    await explorerRow(page, to).waitFor();
  }

  before(async () => {
    await copyFile(join(workspace, 'cat.jpg'), join(workspace, 'arriving.jpg'));
    const settings = { 'alexnet.weights': 'shipped' };
    page = await openWorkbench({ width: 1440, height: 900, settings });
  });
  after(async () => {
    for (const name of ['arriving.jpg', 'leaving.jpg'])
      await rm(join(workspace, name), { force: true });
    await closeWorkbench(page);
  });

  // The very first thing in a new profile: VS Code has not read any extension's walkthrough yet.
  it('the walkthrough comes at the first call, not another in its place', async () => {
    await runCommand(page, 'AlexNet: Get Started');
    await step('Try a picture').waitFor();
    assert.equal(await page.locator('.getting-started-step:visible').count(), 4);
  });

  it('a view lists the networks, shows one at a click, and the keyboard stays there', async () => {
    await runCommand(page, 'AlexNet: Clear Recent Pictures');
    await showViews();
    await row('Networks', 'Keras functional').and(page.getByLabel('shown')).waitFor();
    await row('Networks', 'BVLC AlexNet').click();
    await page.locator('.part.editor').getByRole('tab', { name: 'BVLC AlexNet (Caffe)' }).waitFor();
    await row('Networks', 'BVLC AlexNet').and(page.getByLabel('shown')).waitFor();
    assert.equal(await row('Networks', 'shown').count(), 0);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.part.editor').getByRole('tab', { name: 'CaffeNet' }).waitFor();
    await row('Networks', 'BVLC AlexNet').click();
  });

  it('a view lists the weights of each network with their sizes, and asks before it downloads', async () => {
    const small = row('Weights', 'Deep Compression');
    await small.filter({ hasText: 'about 9.0 MB, not downloaded' }).waitFor();
    await row('Weights', 'in use').first().waitFor();
    const question = page.locator('.monaco-dialog-box');
    const text = question.getByText('Download BVLC AlexNet, Deep Compression?');
    // A row that is drawn anew while its button is pressed takes no click.
    await eventually('the question', async (timeout) => {
      if (!(await text.isVisible())) {
        await small.hover({ timeout });
        await small.getByRole('button', { name: 'Download and Use' }).click({ timeout });
      }
      await text.waitFor({ timeout });
    });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await small.filter({ hasText: 'not downloaded' }).waitFor();
  });

  it('a view of recent pictures says what it is for while it is empty, and how to begin', async () => {
    const welcome = page.locator('.welcome-view-content:visible');
    await welcome.getByText('Pictures that you classify are listed here').waitFor();
    await welcome.getByRole('button', { name: 'Classify Image…' }).waitFor();
  });

  it('then lists them, follows new names, names what is gone, and classifies one again at a click', async () => {
    await page.keyboard.press('Control+Shift+E');
    await classify(page, 'arriving.jpg');
    await renameInExplorer('arriving.jpg', 'leaving.jpg');
    await page
      .locator('.part.editor')
      .getByRole('tab', { name: 'leaving.jpg — AlexNet' })
      .waitFor();
    await classify(page, 'still-life.jpg');
    await page.locator('.part.editor').getByRole('tab', { name: 'still-life.jpg' }).waitFor();
    await rm(join(workspace, 'leaving.jpg'));
    await showViews();
    await row('Recent Pictures', 'still-life.jpg').filter({ hasText: 'untrained' }).waitFor();
    const gone = row('Recent Pictures', 'leaving.jpg');
    await gone.filter({ hasText: 'is not there any more' }).waitFor();
    await gone.hover();
    await gone.getByRole('button', { name: 'Remove from Recent Pictures' }).click();
    await gone.waitFor({ state: 'detached' });
    await runCommand(page, 'View: Close All Editors');
    await row('Recent Pictures', 'still-life.jpg').click();
    await shownRun(page, 'still-life.jpg');
  });

  it('the status bar says network and weights, and opens the panel', async () => {
    await runCommand(page, 'View: Close All Editors');
    const item = statusItem();
    await item.getByText('BVLC AlexNet · random').waitFor();
    const label = await item.getByRole('button').getAttribute('aria-label');
    assert.match(label ?? '', /network BVLC AlexNet \(Caffe\), weights random, .*engine \w+/);
    await item.click();
    await panelFrame(page, '[data-layer]');
    await panelTab(page).waitFor();
  });

  it('the walkthrough has four steps, ticks off what was done, and its buttons work', async () => {
    await runCommand(page, 'View: Close All Editors');
    await runCommand(page, 'AlexNet: Get Started');
    for (const title of ['Get weights', 'Explain one number']) await step(title).waitFor();
    await step('Try a picture').locator('.codicon.complete').waitFor();
    await step('Explain one number').locator('.codicon:not(.complete)').first().waitFor();
    // The step that it opens with may be the one: a click into it would press the button in its middle.
    const button = step('See the network').getByRole('button', { name: 'Show Architecture' });
    await eventually('the button of the first step', async (timeout) => {
      if (!(await button.isVisible())) await step('See the network').click({ timeout });
      await button.waitFor({ timeout });
    });
    await button.click();
    await panelFrame(page, '[data-layer]');
  });

  it('a new user’s golf ball is a golf ball, with weights that came with the extension', async () => {
    await row('Networks', 'Keras functional').click();
    await row('Weights', 'ten classes').filter({ hasText: 'in use' }).waitFor();
    await runCommand(page, 'View: Close All Editors');
    // A key that comes while editors close is lost.
    await eventually('the Explorer', async (timeout) => {
      await page.keyboard.press('Control+Shift+E');
      await page.locator('.explorer-folders-view').waitFor({ timeout });
    });
    // The rows below it move up when the Explorer learns that it is gone.
    await explorerRow(page, 'leaving.jpg').waitFor({ state: 'detached' });
    const frame = await classify(page, 'golf-ball.jpg');
    const first = frame.locator('.predictions:not(.untrained) li').first();
    await first.locator('.class-name', { hasText: 'golf ball' }).waitFor();
    await first.getByRole('button', { name: 'Why? golf ball' }).click();
    await frame.getByRole('heading', { name: 'Why golf ball?' }).waitFor();
    await frame.locator('.explain-answer').getByText('Logit of golf ball').waitFor();
    await frame.getByText('One of the ten kinds of things that these weights know').waitFor();
    await frame.getByRole('button', { name: /^Load ImageNet weights for BVLC AlexNet/ }).waitFor();
  });
});

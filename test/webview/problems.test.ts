import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { openPanel } from '../support/panel';
import { classify, classifyInExplorer } from '../support/panelPictures';
import { closeWorkbench, openWorkbench } from '../support/workbench';

describe('a picture that cannot be read', () => {
  const broken = join(environment('ALEXNET_TEST_WORKSPACE'), 'a-broken.png');
  let page: Page;
  let frame: Frame;
  const bar = (): Locator => frame.getByRole('alert');

  before(async () => {
    await writeFile(broken, 'no picture at all');
    page = await openWorkbench();
    frame = await openPanel(page);
  });
  after(async () => {
    await closeWorkbench(page);
    await rm(broken, { force: true });
  });

  it('is one sentence with its name, in a bar of the panel and nowhere else', async () => {
    await classifyInExplorer(page, 'a-broken.png');
    const text = bar().locator('.problem-text');
    await text.waitFor();
    assert.match(await text.innerText(), /^a-broken\.png is text, not a picture\.$/);
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
    assert.equal(await page.locator('.notification-toast').count(), 0);
  });

  it('can be dismissed', async () => {
    await bar().getByRole('button', { name: 'Dismiss' }).click();
    await frame.waitForFunction(() => document.querySelector('[role=alert]')!.textContent === '');
  });

  it('is forgotten when the next picture works', async () => {
    await classifyInExplorer(page, 'a-broken.png');
    await bar().locator('.problem-text').waitFor();
    await classify(page, 'still-life.jpg');
    assert.equal(await bar().textContent(), '');
  });

  it('leaves the result of the picture before on screen', async () => {
    await classifyInExplorer(page, 'a-broken.png');
    await bar().locator('.problem-text').waitFor();
    await frame.getByRole('img', { name: 'The picture still-life.jpg' }).waitFor();
  });
});

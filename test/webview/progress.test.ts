import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { setSetting } from '../support/askProbe';
import { openPanel } from '../support/panel';
import { classify, classifyInExplorer } from '../support/panelPictures';
import { closeWorkbench, openWorkbench } from '../support/workbench';

const backend = 'alexnet.engine.backend';

/** On plain JavaScript a picture takes long enough to look at its progress. */
describe('a classification under way', () => {
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench();
    frame = await openPanel(page);
    await setSetting(page, backend, 'cpu');
  });
  after(async () => {
    await setSetting(page, backend);
    await closeWorkbench(page);
  });

  it('shows what is done and how far it is, and a way to stop it', async () => {
    assert.equal(await frame.locator('.work progress').isVisible(), false);
    await classifyInExplorer(page, 'still-life.jpg');
    await frame.getByRole('progressbar', { name: 'Progress' }).waitFor();
    await frame.locator('.work-text').filter({ hasText: /\w/ }).waitFor();
    await frame.locator('section.middle[aria-busy=true]').waitFor();
    await frame.waitForFunction(
      () => document.querySelector<HTMLProgressElement>('.work progress')!.value > 0,
    );
    await page.locator('.statusbar').getByText('AlexNet: classifying').waitFor();
  });

  it('ends when Cancel is pressed, and that is no problem', async () => {
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
    assert.equal(await frame.locator('.work progress').isVisible(), false);
    assert.equal(await frame.locator('[role=alert]').textContent(), '');
    assert.equal(await page.locator('.notification-toast').count(), 0);
    await frame.getByRole('heading', { name: 'No picture yet' }).waitFor();
  });

  it('leaves nothing behind: the next picture works', async () => {
    await classify(page, 'cat.jpg');
    assert.match(await frame.locator('#engine').innerText(), /^cpu · 1 thread$/);
  });
});

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

describe('the panel in a browser', () => {
  let page: Page;
  before(async () => (page = await openWorkbench()));
  after(() => closeWorkbench(page));

  it('opens by its command and fills its page', async () => {
    await runCommand(page, 'AlexNet: Show Architecture');
    const frame = await panelFrame(page);
    await frame.waitForFunction(() => document.querySelector('#app')!.childElementCount > 0);
    assert.equal(await page.locator('.notifications-toasts .notification-toast').count(), 0);
  });
});

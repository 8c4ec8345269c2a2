import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { openDetails, openPanel } from '../support/panel';
import { axeViolations } from '../support/panelAxe';
import { classify } from '../support/panelPictures';
import { closeWorkbench, openWorkbench } from '../support/workbench';

describe('what a channel likes', () => {
  let page: Page;
  let frame: Frame;
  let details: Locator;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    await openPanel(page);
    frame = await classify(page, 'cat.jpg');
    details = await openDetails(frame, 'conv2');
    await details.getByRole('tab', { name: 'Likes' }).click();
  });
  after(() => closeWorkbench(page));

  it('is a part of a picture that the person has', async () => {
    await details.getByRole('button', { name: / on screen$/ }).click();
    await details.getByText(/^The strongest of 1 picture: /).waitFor();
    const patch = details.getByRole('button', { name: /cat\.jpg.*, row \d+, column \d+$/ });
    await patch.locator('img').waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    await patch.press('Enter');
    await frame.locator('.picture-pane').getByText('cat.jpg').first().waitFor();
  });

  it('is a picture made for it, which stays when that is stopped and goes on', async () => {
    await details.getByRole('button', { name: 'Make a picture' }).press('Enter');
    await details.locator('img.imagined').waitFor();
    await details.getByRole('button', { name: 'Stop' }).click();
    await details.getByText(/^Stopped after \d+ of 128 steps: from/).waitFor();
    await details.getByRole('button', { name: 'Go on' }).waitFor();
    await details.getByText('Settings').click();
    await details.getByRole('spinbutton', { name: 'Steps in all' }).fill('2');
    await details.getByRole('button', { name: 'Start again' }).click();
    await details.getByText(/^2 steps: from .* s\.$/).waitFor();
    assert.deepEqual(await axeViolations(frame), []);
  });
});

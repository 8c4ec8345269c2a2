import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { classify, classifyInExplorer } from '../support/panelPictures';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

describe('a folder that is not trusted', () => {
  const folder = join(environment('ALEXNET_TEST_WORKSPACE'), '.vscode');
  let page: Page;
  let frame: Frame;

  before(async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'settings.json'),
      JSON.stringify({ 'alexnet.engine.backend': 'cpu' }),
    );
    const settings = {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    };
    page = await openWorkbench({ settings });
    await page.locator('.statusbar').getByText('Restricted Mode').waitFor();
  });
  after(async () => {
    await closeWorkbench(page);
    await rm(folder, { recursive: true, force: true });
  });

  it('has its pictures classified all the same', async () => {
    frame = await classify(page, 'still-life.jpg');
    assert.equal(await frame.locator('.predictions li').count(), 5);
  });

  it('cannot choose the engine', async () => {
    await frame.locator('#engine[data-status=ready]').waitFor();
    assert.match(await frame.locator('#engine').innerText(), /^(tensorflow|wasm) ·/);
  });

  it('chooses the engine once it is trusted', async () => {
    await runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust' })
      .first()
      .click();
    await page.locator('.statusbar').getByText('Restricted Mode').waitFor({ state: 'hidden' });
    await page.locator('.monaco-modal-editor-block .codicon-close').first().click();
    await page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
    await classifyInExplorer(page, 'cat.jpg');
    await frame
      .locator('#engine')
      .filter({ hasText: /^cpu ·/ })
      .waitFor();
    await frame.getByRole('button', { name: 'Cancel' }).click();
  });
});

import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { notRun } from '../support/notRun';
import { dressPanel, openPanel } from '../support/panel';
import { takeInExplorer } from '../support/panelPictures';
import { screenshotPanel } from '../support/screenshotPanel';
import type { Theme } from '../support/userSettings';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

const themes: readonly Theme[] = ['dark', 'light'];
/** Drawn pictures of this project, each of its kind. */
const kinds = ['cassette-player', 'church', 'gas-pump', 'golf-ball', 'parachute'] as const;
const perKind = 8;

/** Takes the pictures of docs that show a training and an evaluation anew, to be looked at. */
describe('pictures of the panel', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  let page: Page;
  let frame: Frame;

  before(async () => {
    for (const kind of kinds) {
      await mkdir(join(workspace, 'drawn', kind), { recursive: true });
      for (let at = 0; at < perKind; at++)
        await copyFile(join(workspace, `${kind}.jpg`), join(workspace, 'drawn', kind, `${at}.jpg`));
    }
    page = await openWorkbench({
      width: 1440,
      height: 900,
      settings: { 'alexnet.weights': 'shipped' },
    });
    frame = await openPanel(page);
  });
  after(() => closeWorkbench(page));

  const training = (): Locator => frame.locator('.train-pane');

  it('show a training, before it and after', async () => {
    await takeInExplorer(page, 'drawn', 'AlexNet: Train on Folder');
    await frame.getByText('From a step that was measured here.').waitFor();
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await takePanel('training');
    await training().getByRole('button', { name: 'Start', exact: true }).click();
    await training().getByText('Done after 10 epochs', { exact: true }).waitFor();
    await training().getByRole('img', { name: '96 filters of conv1' }).waitFor();
    await takePanel('trained');
    await training().getByRole('button', { name: 'Close' }).click();
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  });

  it('show what the weights that ship take ImageNette’s pictures for', async function () {
    const { ALEXNET_IMAGENETTE: folder } = process.env;
    if (folder === undefined) {
      notRun('the picture of the confusion matrix (ALEXNET_IMAGENETTE names the folder val)');
      this.skip();
    }
    await symlink(folder, join(workspace, 'imagenette'));
    await takeInExplorer(page, 'imagenette', 'AlexNet: Evaluate on Folder');
    await frame.locator('.evaluate-running').waitFor();
    await frame.locator('.evaluate-running').waitFor({ state: 'hidden' });
    const matrix = frame.locator('.confusion');
    for (const theme of themes) {
      await dressPanel(page, frame, theme);
      await matrix.scrollIntoViewIfNeeded();
      await writeFile(join('docs', `confusion-${theme}.png`), await matrix.screenshot());
    }
  });

  async function takePanel(name: string): Promise<void> {
    for (const theme of themes) {
      await dressPanel(page, frame, theme);
      const png = await screenshotPanel(page, frame);
      await writeFile(join('docs', `${name}-${theme}.png`), png);
    }
  }
});

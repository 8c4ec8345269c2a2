import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { environment } from '../support/environment';
import { modelBytes } from '../support/modelFixtures';
import { dressPanel, openDetails } from '../support/panel';
import { classifyInExplorer, shownRun, takeInExplorer } from '../support/panelPictures';
import { screenshotPanel } from '../support/screenshotPanel';
import type { Theme } from '../support/userSettings';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

const themes: readonly Theme[] = ['light', 'dark'];
/** Models of the fixtures, a layer by which each is known, and one that is looked at. */
const models = [
  { name: 'residual', known: 'b_out', open: undefined },
  { name: 'inception', known: 'a_concat', open: undefined },
  { name: 'broken-channels', known: 'after_flat', open: 'merge' },
] as const;

/** Takes the pictures of docs that show models from files anew, to be looked at. */
describe('pictures of models', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  let page: Page;

  before(async () => {
    for (const { name } of models)
      await writeFile(join(workspace, `${name}.keras`), modelBytes(`${name}.keras`));
    page = await openWorkbench({ width: 1440, height: 900 });
  });
  after(() => closeWorkbench(page));

  for (const { name, known, open } of models) {
    it(`show ${name}`, async () => {
      await takeInExplorer(page, `${name}.keras`, 'AlexNet: Open as Network');
      await panelFrame(page, `[data-layer^="${known}"]`);
      await classifyInExplorer(page, 'cat.jpg');
      const frame = await shownRun(page, 'cat.jpg');
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      if (open) await openDetails(frame, open);
      for (const theme of themes) {
        await dressPanel(page, frame, theme);
        const picture = await screenshotPanel(page, frame);
        await writeFile(join('docs', `model-${name}-${theme}.png`), picture);
      }
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    });
  }
});

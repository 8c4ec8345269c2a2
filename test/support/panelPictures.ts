import type { Frame, Locator, Page } from 'playwright-core';
import { eventually } from './waiting';
import { panelFrame } from './workbench';

/** A file of the workspace's first folder in the Explorer. */
export function explorerRow(page: Page, name: string): Locator {
  return page
    .locator('.explorer-folders-view .monaco-list-row')
    .filter({ has: page.getByText(name, { exact: true }) });
}

/** Opens the menu of a file in the Explorer; gives its entries. */
export async function explorerMenu(page: Page, name: string): Promise<Locator> {
  await explorerRow(page, name).click({ button: 'right' });
  const items = page.locator('.monaco-menu .action-item');
  await items.filter({ hasText: 'Copy Path' }).first().waitFor();
  return items;
}

/** Right-clicks a picture in the Explorer and takes "AlexNet: Classify Image". */
export async function classifyInExplorer(page: Page, name: string): Promise<void> {
  await takeInExplorer(page, name, 'AlexNet: Classify Image');
}

/** Right-clicks a file in the Explorer, which may be one of several selected, and takes this entry of the menu. */
export async function takeInExplorer(page: Page, name: string, title: string): Promise<void> {
  const item = page.locator('.monaco-menu .action-item').filter({ hasText: title });
  // VS Code learns late what extensions add to a menu.
  await eventually(`${title} in the menu of ${name}`, async () => {
    await explorerMenu(page, name);
    if (await item.isVisible()) return;
    await page.keyboard.press('Escape');
    throw new Error('not in the menu');
  });
  // A menu takes no click in its first moments.
  await eventually('the end of the menu', async (timeout) => {
    if (await item.isVisible()) await item.click();
    await item.waitFor({ state: 'hidden', timeout });
  });
}

/** Makes these files the only selected ones, by Ctrl + click, and opens none. */
export async function selectInExplorer(page: Page, names: readonly string[]): Promise<void> {
  const selected = page.locator('.explorer-folders-view .monaco-list-row.selected');
  let asked = false;
  // The Explorer also selects by itself, what was opened or made last: late on a busy machine.
  await eventually('the selection', async () => {
    const there = (await selected.allInnerTexts()).map((text) => text.trim());
    if (asked && there.toSorted().join() === names.toSorted().join()) return;
    // Anew, and in their order, which is that in which pictures are classified.
    for (const name of [...there, ...names]) {
      await explorerRow(page, name).click({ modifiers: ['ControlOrMeta'] });
    }
    asked = true;
    throw new Error(there.join());
  });
}

/** Waits until the panel shows the result of this picture and rests. */
export async function shownRun(page: Page, name: string): Promise<Frame> {
  const frame = await panelFrame(page, '.picture-pane');
  await frame
    .locator('.picture-pane .file')
    .filter({ hasText: `${name} ·` })
    // A narrow page shows it when it is asked to.
    .waitFor({ state: 'attached' });
  await frame.locator('.work.idle').waitFor({ state: 'attached' });
  return frame;
}

/** Classifies a picture from the Explorer and waits for its result in the panel. */
export async function classify(page: Page, name: string): Promise<Frame> {
  await classifyInExplorer(page, name);
  return shownRun(page, name);
}

import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { panelTab, layersOf, openDetails } from '../support/panel';
import {
  classify,
  classifyInExplorer,
  explorerMenu,
  explorerRow,
  selectInExplorer,
  shownRun,
} from '../support/panelPictures';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

describe('classifying a picture', () => {
  const maps = layersOf('keras').length - 1;
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
  });
  after(() => closeWorkbench(page));

  it('starts in the menu of a picture in the Explorer, and shows the picture and its result', async () => {
    frame = await classify(page, 'still-life.jpg');
    const pane = frame.getByRole('region', { name: 'Picture and result' });
    await pane.getByRole('img', { name: 'The picture still-life.jpg' }).waitFor();
    await pane.getByRole('img', { name: 'The pixels that went in' }).waitFor();
    const text = await pane.innerText();
    for (const words of ['500 × 375', '224 × 224', 'decode', 'preprocess', 'forward']) {
      assert.ok(text.includes(words), `the pane lacks "${words}":\n${text}`);
    }
    assert.match(text, /forward\s+[\d.]+ ms/);
  });

  it('says on screen that labels of untrained weights mean nothing', async () => {
    await frame.getByText('Untrained weights: labels mean nothing').waitFor();
    // Here and nowhere else: neither in the header nor in a notification.
    assert.equal(await frame.getByText(/mean nothing/).count(), 1);
    assert.equal(await page.locator('.notification-toast').count(), 0);
    await frame.getByRole('button', { name: 'Load weights of 10 classes' }).waitFor();
    const items = frame.locator('.predictions.untrained li[data-class]');
    assert.equal(await items.count(), 5);
    assert.equal(await items.locator('s.class-name').count(), 5);
    for (const text of await items.allInnerTexts()) assert.match(text, /\S+\s+\d+\.\d %/);
  });

  it('shows the map of every layer on its block, and the picture on the input', async () => {
    assert.equal(
      await frame.locator('[data-layer] image.map[href^="data:image/png"]').count(),
      maps,
    );
    const pictures = frame.locator('image.picture');
    assert.equal(await pictures.count(), 1);
    assert.equal(await frame.locator('[data-layer="input"] image.picture').count(), 1);
  });

  it('shows a large map with the numbers of its scale in the details', async () => {
    const details = await openDetails(frame, 'conv2');
    await details.getByRole('img', { name: /^Heatmap of conv2: mean of 256 channels$/ }).waitFor();
    const ticks = await details.locator('.colour-bar .colour-ticks span').allInnerTexts();
    assert.equal(ticks.length, 3);
    for (const tick of ticks) assert.match(tick, /^−?[\d.]+(e-?\d+)?$/);
    const [, half, most] = ticks.map(Number);
    assert.ok(Math.abs(most! - 2 * half!) <= 0.01 * most!, `${half} is not half of ${most}`);
  });

  it('changes every map between the mean and the strongest channel', async () => {
    const map = frame.locator('[data-layer="conv1"] image.map');
    const mean = await map.getAttribute('href');
    await frame.getByRole('button', { name: 'strongest' }).click();
    await frame.getByRole('img', { name: /conv2: channel \d+, the strongest of 256$/ }).waitFor();
    assert.notEqual(await map.getAttribute('href'), mean);
    await frame.getByRole('button', { name: 'mean' }).click();
    await frame.getByRole('img', { name: /conv2: mean of 256 channels$/ }).waitFor();
    assert.equal(await map.getAttribute('href'), mean);
  });

  it('says the same time of a layer in the details and in the table', async () => {
    const inDetails = await frame.locator('.details-pane .facts').innerText();
    const [, milliseconds] = /Last run\s+([\d.]+) ms on \w+/.exec(inDetails) ?? [];
    await frame.getByRole('button', { name: 'Table' }).click();
    const inTable = await frame.locator('tr[data-row="conv2"] td').last().innerText();
    // The table says tenths, the details whole milliseconds from 10 on.
    const apart = Math.abs(Number(inTable) - Number(milliseconds));
    assert.ok(apart < 0.56, `${inTable} in the table, ${String(milliseconds)} in the details`);
    await frame.getByRole('button', { name: 'Graph' }).click();
    await frame.getByRole('button', { name: 'Close details' }).click();
  });

  it('runs again in another variant, so that all maps are of this network', async () => {
    for (const [id, layer] of [
      ['torchvision', 'avgpool'],
      ['keras', 'bn5'],
    ] as const) {
      await frame.locator('#variant').selectOption(id);
      await frame.locator(`.graph-pane:not(.old) [data-layer=${layer}] image.map`).waitFor();
      const shown = await frame.locator('[data-layer] image.map').count();
      assert.equal(shown, layersOf(id).length - 1);
    }
  });

  it("takes the picture of VS Code's own preview by the eye in its title bar", async () => {
    await explorerRow(page, 'gratings.png').dblclick();
    const eye = page.locator('.editor-actions [aria-label^="AlexNet: Classify Image"]');
    await eye.click();
    await shownRun(page, 'gratings.png');
  });

  it('asks for a file when the palette is used without a picture', async () => {
    await panelTab(page).click();
    await runCommand(page, 'AlexNet: Classify Image', { asks: true });
    await page.locator('.quick-input-title', { hasText: 'Classify Image' }).waitFor();
    const row = page.locator('.quick-input-list .monaco-list-row');
    await row.filter({ hasText: 'README.md' }).waitFor();
    await page.keyboard.type('tall-vase.png');
    await page.locator('.quick-input-list .focused').filter({ hasText: 'tall-vase.png' }).waitFor();
    await page.keyboard.press('Enter');
    await shownRun(page, 'tall-vase.png');
  });

  it('classifies all pictures that are selected, one after the other, and shows the last', async () => {
    const names = ['cat.jpg', 'gratings.png', 'still-life.jpg'];
    frame = await shownRun(page, 'tall-vase.png');
    const seen = await watchPictures(frame);
    await selectInExplorer(page, names);
    await classifyInExplorer(page, names[0]!);
    await shownRun(page, names.at(-1)!);
    assert.deepEqual(await seen(), names);
  });

  it('offers nothing for a file that is no picture', async () => {
    const items = await explorerMenu(page, 'README.md');
    assert.equal(await items.filter({ hasText: 'AlexNet' }).count(), 0);
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
  });
});

/** Notes the name of every picture that the pane shows from now on. */
async function watchPictures(frame: Frame): Promise<() => Promise<readonly string[]>> {
  const notes = await frame.evaluateHandle(() => {
    const names: string[] = [];
    const pane = document.querySelector('.picture-pane')!;
    const shown = (): string | undefined => pane.querySelector('.file')?.textContent.split(' ·')[0];
    let last = shown();
    new MutationObserver(() => {
      const name = shown();
      if (name !== undefined && name !== last) names.push((last = name));
    }).observe(pane, { childList: true, subtree: true });
    return names;
  });
  return () => notes.jsonValue();
}

import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { dressPanel, openPanel } from '../support/panel';
import { axeViolations, inWidths } from '../support/panelAxe';
import { shownRun, takeInExplorer } from '../support/panelPictures';
import { answerSaveDialogue } from '../support/saveDialogue';
import { themes, type Theme } from '../support/userSettings';
import { waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';
import { writePng } from '../support/writePng';

/** Pictures of the workspace by the folders that say their classes; one of two classes, and one of none. */
const folders = {
  golf_ball: ['cat.jpg', 'still-life.jpg'],
  n01440764: ['gratings.png', 'sailing-boat.webp'],
  crane: ['tall-vase.png'],
  'no such thing': ['cat.jpg'],
} as const;
const many = 400;

describe('an evaluation on a labelled folder', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  const folder = join(workspace, 'labelled');
  const crowd = join(workspace, 'labelled-crowd');
  let page: Page;
  let frame: Frame;
  let cells: Locator;
  let tiles: Locator;

  before(async () => {
    for (const [name, files] of Object.entries(folders)) {
      await mkdir(join(folder, 'val', name), { recursive: true });
      for (const file of files)
        await copyFile(join(workspace, file), join(folder, 'val', name, file));
    }
    await writeFile(join(folder, 'val', 'golf_ball', 'broken.png'), 'no picture');
    await mkdir(join(folder, 'train', 'tench'), { recursive: true });
    const png = writePng(new Uint8Array(12), 2, 2);
    await mkdir(join(crowd, 'tench'), { recursive: true });
    await Promise.all(
      Array.from({ length: many }, (_, index) =>
        writeFile(join(crowd, 'tench', `${index}.png`), png),
      ),
    );
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await openPanel(page);
    cells = frame.getByRole('grid', { name: 'Confusion matrix' }).locator('tbody td');
    tiles = frame.getByRole('group', { name: /^Mistakes, the surest first/ }).getByRole('button');
  });
  after(async () => {
    await closeWorkbench(page);
    for (const each of [folder, crowd]) await rm(each, { recursive: true });
  });

  const ended = (): Promise<void> =>
    frame.locator('.evaluate-running').waitFor({ state: 'hidden' });

  const focusReaches = (selector: string): Promise<unknown> =>
    frame.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

  it('begins in a folder’s menu and asks where names say no class, or two', async () => {
    await takeInExplorer(page, 'labelled', 'AlexNet: Evaluate on Folder');
    const dialogue = page.locator('.monaco-dialog-box');
    await dialogue.getByText(/^The folder no such thing names no class of ImageNet-1k/).waitFor();
    await dialogue.getByRole('button', { name: 'Leave Out' }).click();
    const choices = page.locator('.quick-input-list .monaco-list-row');
    await page
      .getByText('Several classes are called crane: which one does the folder hold?')
      .waitFor();
    assert.deepEqual(await choices.locator('.label-name').allInnerTexts(), [
      'crane (n02012849, class 134)',
      'crane (n03126707, class 517)',
      'Leave this folder out',
    ]);
    await choices.nth(1).click();
    await frame.locator('.evaluate-figures').waitFor();
    await ended();
    await focusReaches('.evaluate-scroll');
  });

  it('shows how many are right first, then classes, what is taken for what, and mistakes', async () => {
    await waitUntil('all pictures', async () =>
      (await frame.locator('.evaluate-figures').innerText()).includes('of 5'),
    );
    const text = await frame.locator('.evaluate-pane').innerText();
    const said = await frame.locator('.evaluate-pane > [role=status]').textContent();
    assert.match(said ?? '', /^labelled\/val: top-1 .* of 5 pictures; 1 could not be read\.$/);
    assert.match(text, /Keras.* with random, seed 1 on labelled\/val/);
    assert.match(text, /Untrained weights: this is what chance gives\./);
    assert.match(text, /Folders left out: no such thing/);
    assert.match(text, /Not counted: 1 picture that could not be read/);
    const classes = frame.getByRole('table', { name: 'Classes' }).locator('tbody tr');
    const names = await classes.locator('th').allInnerTexts();
    assert.deepEqual(names.toSorted(), ['crane', 'golf ball', 'tench']);
    const heads = frame.getByRole('grid', { name: 'Confusion matrix' }).locator('thead th');
    assert.deepEqual(await heads.allInnerTexts(), ['tench', 'crane', 'golf ball', 'any other']);
    await frame.getByText('Not counted: 1 picture that could not be read').click();
    await frame.getByText(/broken\.png: .*text/).waitFor();
    await waitUntil('the thumbnails', () =>
      tiles
        .locator('img')
        .evaluateAll((all, count) => all.length === count, 5 - Number(/(\d) of 5/.exec(text)?.[1])),
    );
  });

  it('is gone through by the keyboard alone, and Esc leads back one step at a time', async () => {
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const classes = frame.getByRole('table', { name: 'Classes' });
    await classes.locator('tbody button').first().focus();
    await press('End');
    const button = classes.locator('button:focus');
    const name = await button.innerText();
    await press('Enter');
    await focusReaches('#evaluated-mistakes');
    await frame.getByRole('heading', { name: `Mistakes of ${name}` }).waitFor();
    await press('Escape');
    assert.equal(await button.innerText(), name);
    await cells.first().focus();
    await press('Enter');
    await focusReaches('#evaluated-pair');
    await press('Tab');
    await frame
      .locator('.confusion')
      .getByRole('button', { name: 'Close' })
      .and(frame.locator(':focus'))
      .waitFor();
    await press('Enter');
    await focusReaches('.confusion td');
    await press('Escape');
    await focusReaches('svg.graph [data-layer=input]');
    await press('e');
    await focusReaches('.evaluate-scroll');
  });

  it('is walked by keys and picked from; a click on a picture shows it, and the evaluation stays', async () => {
    await cells.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    const cell = frame.locator('.confusion td[tabindex="0"]');
    const name = (await cell.getAttribute('aria-label'))!;
    const [, count] = /^crane taken for any other: (\d) of 1 pictures, /.exec(name)!;
    await page.keyboard.press('Enter');
    await frame.locator('#evaluated-pair:focus').waitFor();
    const picked = frame.getByRole('group', { name: /^crane taken for any other/ });
    await waitUntil('its pictures', async () => {
      return (await picked.getByRole('button').count()) === Number(count);
    });
    await frame.locator('.confusion').getByRole('button', { name: 'Close' }).click();
    await focusReaches('.confusion td[tabindex="0"]');
    assert.equal(await cell.getAttribute('aria-label'), name);
    await frame.getByRole('button', { name: 'List' }).click();
    await frame.getByRole('table', { name: /pairs/ }).waitFor();
    await frame.getByRole('button', { name: 'Matrix' }).click();
    const tile = tiles.filter({ hasText: 'is tench' }).first();
    const file = /([^/]+)$/.exec((await tile.getAttribute('title'))!)![1]!;
    assert.ok((await tile.innerText()).startsWith(`${file}:`), await tile.innerText());
    await tile.click();
    await shownRun(page, `labelled/val/n01440764/${file}`);
    assert.ok(await cells.first().isVisible());
    await frame.locator('.evaluate-scroll').focus();
    await page.keyboard.press('e');
    await frame.locator('svg.graph').waitFor();
    await frame.getByRole('button', { name: 'Evaluation' }).click();
    await cells.first().waitFor();
  });

  it('is written as CSV, which says of every picture what the figures add up', async () => {
    await frame.getByRole('button', { name: 'Export CSV…' }).click();
    const file = join(workspace, 'evaluation.csv');
    await answerSaveDialogue(page, /Export Evaluation/, file);
    const lines = await waitForLines(file);
    await rm(file);
    assert.equal(lines.length, 1 + 6);
    const ran = lines.filter((line) => line.includes(',evaluated,'));
    assert.equal(ran.length, 5);
    assert.match(
      lines.find((line) => line.includes('crane/'))!,
      /,517,crane,n03126707,\d+,/,
    );
    // The place of the true class follows its WordNet id.
    const right = ran.filter((line) => /,n\d{8},1,/.test(line)).length;
    const figure = frame.locator('.evaluate-figure').first();
    assert.match(await figure.innerText(), new RegExp(`\\b${right} of 5\\b`));
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`gives axe nothing to object to, in ${theme}`, async () => {
      await dressPanel(page, frame, theme);
      await inWidths({ page, frame, theme }, async (what) => {
        await cells.first().scrollIntoViewIfNeeded();
        assert.deepEqual(await axeViolations(frame, { theme }), [], what);
        const reach = await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(reach <= 0, `${what}: ${reach} pixels too wide`);
      });
    });
  }

  it('says how far it is, and keeps what is done when it is stopped', async () => {
    await dressPanel(page, frame, 'dark');
    await takeInExplorer(page, 'labelled-crowd', 'AlexNet: Evaluate on Folder');
    await frame.getByText(/^[1-9]\d* of 400 pictures, \S+ per second, .* left$/).waitFor();
    await frame.locator('.evaluate-pane').getByRole('button', { name: 'Stop' }).click();
    await frame.getByText(/^Stopped: the figures are of \d+ of 400 pictures/).waitFor();
    await ended();
  });
});

async function waitForLines(file: string): Promise<readonly string[]> {
  let text = '';
  await waitUntil('the file', async () => {
    text = await readFile(file, 'utf8').catch(() => '');
    return text !== '';
  });
  return text.trimEnd().split('\n');
}

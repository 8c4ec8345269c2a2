import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { environment } from '../support/environment';
import { axeViolations } from '../support/panelAxe';
import { dressPanel, focusedName, openPanel, setPanelWidth } from '../support/panel';
import {
  classifyInExplorer,
  explorerRow,
  shownRun,
  takeInExplorer,
} from '../support/panelPictures';
import { answerSaveDialogue } from '../support/saveDialogue';
import { eventually, waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';
import { writePng } from '../support/writePng';

const names = ['1.jpg', '2.jpg', '3.png', '10.png'] as const;
const many = 1000;
const png = writePng(new Uint8Array(12), 2, 2);

describe('results of several pictures', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  const folder = join(workspace, 'results-of-pictures');
  const crowd = join(workspace, 'results-of-many');
  let page: Page;
  let frame: Frame;
  let grid: Locator;
  let rows: Locator;
  let filter: Locator;

  before(async () => {
    await mkdir(folder, { recursive: true });
    await copyFile(join(workspace, 'cat.jpg'), join(folder, '1.jpg'));
    await copyFile(join(workspace, 'still-life.jpg'), join(folder, '2.jpg'));
    await writeFile(join(folder, '3.png'), 'no picture');
    await copyFile(join(workspace, 'gratings.png'), join(folder, '10.png'));
    await mkdir(crowd, { recursive: true });
    await Promise.all(
      Array.from({ length: many }, (_, index) => writeFile(join(crowd, `${index}.png`), png)),
    );
    page = await openWorkbench({ width: 1440, height: 900 });
    await copyPicture(page, png);
    frame = await openPanel(page);
    grid = frame.getByRole('grid', { name: 'Pictures and their labels' });
    rows = grid.locator('tr[data-id]');
    filter = frame.getByRole('searchbox', { name: 'Filter by name or label' });
  });
  after(async () => {
    await closeWorkbench(page);
    await rm(folder, { recursive: true });
    await rm(crowd, { recursive: true });
  });

  const shownNames = async (): Promise<readonly string[]> =>
    (await rows.locator('.result-name').allInnerTexts()).map((name) => name.split('/').at(-1)!);
  const hasRows = (expected: readonly string[]): Promise<void> =>
    waitUntil(
      `the rows ${expected.join()}`,
      async () => (await shownNames()).join() === expected.join(),
    );
  const rests = (): Promise<void> => frame.locator('.work.idle').waitFor({ state: 'attached' });

  it('begin with a sample, which is offered until there is a picture', async () => {
    const samples = frame.getByRole('group', { name: 'Or try one of these:' });
    assert.deepEqual(await samples.getByRole('button').allInnerTexts(), [
      'Golf ball',
      'Parachute',
      'Church',
      'Boom box',
      'Cat',
      'Still life',
      'Sailing boat',
      'Colour wheel',
    ]);
    await waitUntil('the pictures', () =>
      samples
        .locator('img')
        .evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 0)),
    );
    const wide = await frame.evaluate(() => innerWidth);
    for (const width of [400, wide]) {
      await setPanelWidth(page, frame, width);
      assert.deepEqual(await axeViolations(frame), [], `${width} pixels wide`);
    }
    await samples.getByRole('button', { name: 'Still life' }).click();
    await shownRun(page, 'samples/still-life.jpg');
    await samples.waitFor({ state: 'hidden' });
  });

  it('begin with a picture dragged from the Explorer with Shift held, over an outlined panel', async () => {
    const mark = frame.locator('.drop-mark');
    const box = (await (await frame.frameElement()).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await explorerRow(page, 'cat.jpg').hover();
    await page.mouse.down();
    await page.mouse.move(x - 100, y, { steps: 5 });
    await page.keyboard.down('Shift');
    await eventually('the mark', async (timeout) => {
      await page.mouse.move(x, y, { steps: 5 });
      await page.mouse.move(x + 9, y, { steps: 5 });
      await mark.waitFor({ timeout });
    });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await shownRun(page, 'cat.jpg');
    assert.equal(await mark.isVisible(), false);
    await explorerRow(page, 'cat.jpg').waitFor();
    assert.equal(await frame.locator('.picture-pane .file').innerText(), 'cat.jpg · 640 × 480');
  });

  it('begin with what is pasted or dropped from elsewhere; what is no picture is named', async () => {
    await frame.locator('.picture-pane .file').click();
    await page.keyboard.press('ControlOrMeta+v');
    await shownRun(page, 'pasted picture 1');
    const dropped = [
      ['red.png', [...png]],
      ['notes.txt', [...Buffer.from('no picture')]],
    ] as const;
    await frame.evaluate((files) => {
      const dataTransfer = new DataTransfer();
      for (const [name, bytes] of files)
        dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
      const init = { dataTransfer, bubbles: true, cancelable: true };
      for (const type of ['dragenter', 'drop'])
        document.querySelector('svg.graph')!.dispatchEvent(new DragEvent(type, init));
    }, dropped);
    await frame.locator('.strip-option[data-status=failed]').waitFor();
    await shownRun(page, 'red.png');
    assert.match(await frame.locator('[role=alert]').innerText(), /^notes\.txt .*text/);
    await frame.getByRole('button', { name: 'Close the strip of pictures' }).click();
  });

  it('stand in a table with what each was taken for, untrained labels struck through', async () => {
    await takeInExplorer(page, 'results-of-pictures', 'AlexNet: Classify Folder');
    await shownRun(page, '10.png');
    await frame.getByRole('button', { name: 'Results as a table (r)' }).click();
    await hasRows(names);
    assert.equal(await focusedName(frame), 'Pictures and their labels');
    assert.equal(await rows.locator('s').count(), 3);
    await frame.getByText('4 of 4 done, 1 of them failed').waitFor();
    assert.match(await rows.nth(2).innerText(), /^3\.png\s+3\.png .*failed$/s);
    assert.equal(await rows.locator('img').count(), 3);
  });

  it('are sorted by a click on a head, and found by words, failure and label', async () => {
    await grid.getByRole('button', { name: 'Picture' }).click();
    await grid.getByRole('button', { name: 'Picture' }).click();
    await hasRows(['10.png', '3.png', '2.jpg', '1.jpg']);
    assert.equal(await grid.locator('th').first().getAttribute('aria-sort'), 'descending');
    await grid.getByRole('button', { name: 'Picture' }).click();
    await frame.getByRole('button', { name: 'Failed only' }).click();
    await hasRows(['3.png']);
    await frame.getByText('1 of 4 shown').waitFor();
    await frame.getByRole('button', { name: 'Failed only' }).click();
    await frame.getByRole('combobox', { name: 'Label' }).selectOption({ index: 1 });
    await waitUntil('fewer rows', async () => (await rows.count()) < names.length);
    await frame.getByRole('combobox', { name: 'Label' }).selectOption('any');
    await filter.fill('.jpg');
    await hasRows(['1.jpg', '2.jpg']);
    await filter.fill('no such thing');
    await frame.getByRole('button', { name: 'Show all' }).click();
    await hasRows(names);
    assert.equal(await focusedName(frame), 'Pictures and their labels');
  });

  it('are walked by keys; Enter and a click show the picture, and the table stays', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const active = frame.locator('.result-active');
    assert.match(await active.innerText(), /2\.jpg/);
    assert.equal(await grid.getAttribute('aria-activedescendant'), await active.getAttribute('id'));
    await page.keyboard.press('Enter');
    await shownRun(page, '2.jpg');
    await grid.locator('tr[aria-selected=true]', { hasText: '2.jpg' }).waitFor();
    await rows.first().click();
    await shownRun(page, '1.jpg');
    assert.ok(await grid.isVisible());
    await page.keyboard.press('r');
    await frame.locator('svg.graph').waitFor();
    await page.keyboard.press('r');
    await grid.waitFor();
  });

  it('are written as CSV as the table has them', async () => {
    await filter.fill('.jpg');
    await hasRows(['1.jpg', '2.jpg']);
    await frame.getByRole('button', { name: 'Export CSV…' }).click();
    const file = join(workspace, 'results.csv');
    await answerSaveDialogue(page, /Export Results/, file);
    await waitUntil('the file', () =>
      readFile(file).then(
        () => true,
        () => false,
      ),
    );
    const [head, first, second, ...rest] = (await readFile(file, 'utf8')).split('\n');
    assert.match(head!, /^picture,path,status,label,class index,synset,probability,top 5,/);
    assert.match(first!, /^results-of-pictures\/1\.jpg,.*\/1\.jpg,done,.*,false,\d+\.\d{3},$/);
    assert.match(second!, /^results-of-pictures\/2\.jpg,/);
    assert.deepEqual(rest, ['']);
    await rm(file);
    await filter.fill('');
  });

  it('give axe nothing to object to, and have their first column in sight at every width', async () => {
    const wide = await frame.evaluate(() => innerWidth);
    for (const [theme, width] of [
      ['dark', wide],
      ['light', 600],
      ['high-contrast', 400],
    ] as const) {
      await dressPanel(page, frame, theme);
      await setPanelWidth(page, frame, width);
      await grid.scrollIntoViewIfNeeded();
      assert.deepEqual(await axeViolations(frame), [], `${theme}, ${width} pixels wide`);
      const scroller = frame.locator('.results-scroll');
      await scroller.evaluate((each) => each.scrollTo(each.scrollWidth, 0));
      const [outer, name] = await Promise.all(
        [scroller, rows.first().locator('th')].map((each) =>
          each.evaluate((element) => element.getBoundingClientRect()),
        ),
      );
      assert.ok(Math.abs(outer!.left - name!.left) <= 1, `${width} pixels wide: ${name!.left}`);
      assert.ok(outer!.right <= width, `${width} pixels wide: up to ${outer!.right}`);
    }
    await dressPanel(page, frame, 'dark');
    await setPanelWidth(page, frame, wide);
  });

  it('are joined by one more picture, even a broken one, and brought back when they were closed', async () => {
    await writeFile(join(workspace, 'broken.png'), 'no picture');
    await classifyInExplorer(page, 'broken.png');
    await hasRows(['1.jpg', 'broken.png', '2.jpg', '3.png', '10.png']);
    await rests();
    await shownRun(page, '1.jpg');
    await frame.getByRole('button', { name: 'Close the strip of pictures' }).click();
    await frame.locator('svg.graph').waitFor();
    await classifyInExplorer(page, 'gratings.png');
    await shownRun(page, 'gratings.png');
    assert.equal(await frame.locator('.strip').isVisible(), false);
    await frame.getByRole('button', { name: 'Back to 5 pictures' }).click();
    await shownRun(page, '1.jpg');
    assert.equal(await frame.locator('.strip-option').count(), 5);
    await rm(join(workspace, 'broken.png'));
  });

  it('of a thousand pictures draw what is in sight, follow what runs or stay, and go on after Cancel', async () => {
    await takeInExplorer(page, 'results-of-many', 'AlexNet: Classify Folder');
    await frame.locator('.strip-option').first().waitFor();
    await grid.waitFor();
    await rows.first().waitFor();
    const done = async (): Promise<number> =>
      Number(/^\d+/.exec(await frame.locator('.results-done').innerText())![0]);
    const follow = frame.getByRole('button', { name: 'Follow' });
    assert.equal(await follow.getAttribute('aria-pressed'), 'true');
    const shown = (): Promise<string> => frame.locator('.picture-pane .file').innerText();
    await frame.locator('.strip-place', { hasText: /^([3-9]|\d{2,}) of/ }).waitFor();
    await follow.click();
    await frame.locator('[aria-pressed=false]', { hasText: 'Follow' }).waitFor();
    const stays = await shown();
    const soFar = await done();
    await waitUntil('more of them', async () => (await done()) > soFar + 1);
    assert.equal(await shown(), stays);
    await follow.click();
    await waitUntil('another one on screen', async () => (await shown()) !== stays);
    await frame.locator('.results-tools').getByRole('button', { name: 'Cancel' }).click();
    await rests();
    const before = await done();
    assert.ok(before < many);
    await grid.focus();
    await page.keyboard.press('End');
    await frame.locator('.result-active', { hasText: /^999.png/ }).waitFor();
    assert.ok((await rows.count()) < 60, `${await rows.count()} rows are drawn`);
    await frame
      .locator('.results-tools')
      .getByRole('button', { name: 'Classify the rest' })
      .click();
    await waitUntil('more of them', async () => (await done()) > before + 1);
    await frame.locator('.results-tools').getByRole('button', { name: 'Cancel' }).click();
    await rests();
    await page.keyboard.press('r');
    await frame.getByRole('button', { name: 'Close the strip of pictures' }).click();
  });
});

/** Copies a picture as another program does; the page has to have the keyboard. */
async function copyPicture(page: Page, bytes: Uint8Array): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(
    async (given) => {
      const blob = new Blob([Uint8Array.from(given)], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    },
    [...bytes],
  );
}

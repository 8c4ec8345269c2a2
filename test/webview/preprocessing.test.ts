import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { focusedName, openPanel, panelTab } from '../support/panel';
import { classify, explorerRow, shownRun } from '../support/panelPictures';
import { inputOfRun } from '../support/askProbe';
import { eventually } from '../support/waiting';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

const manyTabs = 40;
type Statistics = Readonly<Record<'max' | 'mean' | 'min', readonly number[]>>;

describe('the preprocessing, step by step', () => {
  const picture = 'still-life.jpg';
  let page: Page;
  let frame: Frame;
  let published: Statistics;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    await openPanel(page);
    frame = await classify(page, picture);
  });
  after(() => closeWorkbench(page));

  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const step = (name: string) => frame.locator(`.steps [data-step="${name}"]`);
  const runOnScreen = async (): Promise<number> =>
    Number(await frame.locator('.tensor').getAttribute('data-run'));

  /** VS Code gives the page the focus back a moment after a command. */
  async function startInPane(): Promise<void> {
    await eventually('the focus in the pane', async () => {
      await frame.locator('.picture-pane').focus();
      assert.ok(await frame.evaluate(() => document.hasFocus()));
    });
  }

  async function tabTo(name: string): Promise<void> {
    for (let tabs = 0; (await focusedName(frame)) !== name; tabs++) {
      assert.ok(tabs < manyTabs, `Tab does not reach ${name}`);
      await press('Tab');
    }
  }

  /** Does what changes the settings, and waits for the run that follows. */
  async function andItsRun(change: () => Promise<unknown>): Promise<void> {
    const before = await runOnScreen();
    await change();
    await frame.locator(`.tensor:not([data-run="${before}"])`).waitFor();
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
  }

  /** Not by Ctrl+A: VS Code answers that key itself, and late. */
  async function selectField(): Promise<void> {
    await press('Home');
    await press('Shift+End');
  }

  /** At once: what stands in a field for a moment counts, and a slow machine types slowly. */
  async function type(text: string): Promise<void> {
    await selectField();
    await page.keyboard.insertText(text);
    await press('Enter');
  }

  async function onScreen(): Promise<Statistics> {
    const read = (name: string): Promise<readonly number[]> =>
      frame
        .locator(`.tensor [data-statistic=${name}] td`)
        .evaluateAll((cells) => cells.map((cell) => Number(cell.dataset['value'])));
    return { max: await read('max'), mean: await read('mean'), min: await read('min') };
  }

  /** The statistics of the tensor that the API's input() gives for the run on screen. */
  async function throughTheApi(): Promise<Statistics> {
    const tensor = await inputOfRun(page, await runOnScreen());
    const channels = [0, 1, 2].map((c) => tensor.filter((_, i) => i % 3 === c));
    return {
      max: channels.map((values) => values.reduce((a, b) => Math.max(a, b))),
      mean: channels.map((values) => values.reduce((a, b) => a + b, 0) / values.length),
      min: channels.map((values) => values.reduce((a, b) => Math.min(a, b))),
    };
  }

  it('opens by keyboard and shows the real numbers of every step', async () => {
    await startInPane();
    await tabTo('Steps of the preprocessing');
    await press('Enter');
    await frame
      .getByRole('button', { name: 'Steps of the preprocessing', expanded: true })
      .waitFor();
    const text = await frame.locator('.steps').innerText();
    for (const words of ['500 × 375, RGB', '500 × 375 → 224 × 224', '0 … 1', '224 × 224 × 3']) {
      assert.ok(text.includes(words), `the steps lack "${words}":\n${text}`);
    }
    for (const name of ['R', 'G', 'B']) {
      await frame.getByRole('img', { name: `Channel ${name} of the tensor` }).waitFor();
    }
    assert.equal(await frame.getByRole('img', { name: 'The pixels that went in' }).count(), 1);
    await frame.getByText('As published').waitFor();
    published = await onScreen();
    assert.deepEqual(published, await throughTheApi());
  });

  it('changes a step by keyboard: the picture runs again, and the tensor is that of the API', async () => {
    await startInPane();
    await tabTo('Mean R');
    await andItsRun(() => type('0.5'));
    assert.equal(await focusedName(frame), 'Mean R');
    await step('mean').getByText('changed').waitFor();
    assert.equal(await frame.getByText('changed', { exact: true }).count(), 1);
    const changed = await onScreen();
    assert.ok(Math.abs(changed.mean[0]! - (published.mean[0]! - 0.5)) < 1e-6);
    assert.deepEqual(changed.mean.slice(1), published.mean.slice(1));
    assert.deepEqual(changed, await throughTheApi());
  });

  it('changes the fit and the order of the channels by keyboard, and keeps what was changed before', async () => {
    await startInPane();
    await tabTo('Fit of the picture');
    await andItsRun(() => press('ArrowDown'));
    await step('fit').getByText('500 × 375 → 341 × 256 → 224 × 224').waitFor();
    await tabTo('Short side in pixels');
    await andItsRun(() => type('300'));
    await step('fit').getByText('500 × 375 → 400 × 300 → 224 × 224').waitFor();
    await tabTo('Channel order');
    await andItsRun(() => press('ArrowDown'));
    assert.deepEqual(await frame.locator('.tensor thead th').allInnerTexts(), ['B', 'G', 'R']);
    assert.equal(await frame.getByLabel('Mean B').inputValue(), '0.5');
    assert.equal(await frame.getByText('changed', { exact: true }).count(), 3);
    assert.deepEqual(await onScreen(), await throughTheApi());
  });

  const unsound = [
    ['Standard deviation G', '0', 'Std must be free of zeros, not [1, 0, 1].'],
    ['Mean G', 'much', "Mean must be a finite number, not 'much'."],
    ['Short side in pixels', '', "fit.shortSide must be a whole number from 1 to 4096, not ''."],
    [
      'Short side in pixels',
      '200',
      "Pictures are scaled to 200 pixels, less than the network's 224 x 224: raise it in the preprocessing.",
    ],
  ] as const;
  for (const [field, text, sentence] of unsound) {
    it(`refuses "${text}" as ${field} beside it, and loses nothing`, async () => {
      const input = frame.getByLabel(field, { exact: true });
      const [run, before] = [await runOnScreen(), await input.inputValue()];
      await input.focus();
      await selectField();
      if (text === '') await press('Delete');
      else await page.keyboard.insertText(text);
      const alert = frame.locator('.refusal').filter({ hasText: sentence });
      await alert.waitFor();
      assert.equal(await input.getAttribute('aria-invalid'), 'true');
      assert.equal(await input.getAttribute('aria-describedby'), await alert.getAttribute('id'));
      assert.equal(await runOnScreen(), run);
      assert.equal(await input.inputValue(), text);
      await type(before);
      await alert.waitFor({ state: 'hidden' });
      assert.equal(await runOnScreen(), run);
    });
  }

  it('is each variant’s own, and is there again after VS Code was started again', async () => {
    await frame.locator('#variant').selectOption('bvlc');
    await frame.getByText('As published').waitFor();
    assert.equal(await frame.getByLabel('Mean B').inputValue(), '104.007');
    await frame.locator('#variant').selectOption('keras');
    await step('mean').getByText('changed').waitFor();
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      runCommand(page, 'Developer: Reload Window', { asks: true }),
    ]);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await panelFrame(page, '[data-layer]');
    frame = await classify(page, picture);
    assert.equal(await frame.getByLabel('Mean B').inputValue(), '0.5');
    assert.equal(await frame.getByText('changed', { exact: true }).count(), 3);
  });

  it('is still there after another editor was in front', async () => {
    await explorerRow(page, 'README.md').click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await panelTab(page).click();
    frame = await shownRun(page, picture);
    assert.equal(await frame.getByLabel('Short side in pixels').inputValue(), '300');
  });

  it('goes back to the published one by one click', async () => {
    const back = frame.getByRole('button', { name: 'Back to the published preprocessing' });
    await andItsRun(() => back.click());
    await frame.getByText('As published').waitFor();
    assert.equal(await back.isVisible(), false);
    assert.equal(await focusedName(frame), 'Steps of the preprocessing');
    assert.equal(await frame.getByText('changed', { exact: true }).count(), 0);
    assert.equal(await frame.getByLabel('Mean R').inputValue(), '0');
    assert.deepEqual(await onScreen(), published);
    assert.deepEqual(await throughTheApi(), published);
  });

  it('says so when a run through the API was prepared otherwise, and runs again when asked', async () => {
    await andItsRun(() => runCommand(page, 'Probe: Classify as BGR'));
    await frame.getByText('This result was prepared with other settings than these.').waitFor();
    assert.equal(await frame.getByLabel('Channel order').inputValue(), 'RGB');
    assert.deepEqual(await onScreen(), {
      max: published.max.toReversed(),
      mean: published.mean.toReversed(),
      min: published.min.toReversed(),
    });
    await andItsRun(() => frame.getByRole('button', { name: 'Classify again' }).click());
    assert.deepEqual(await onScreen(), published);
    await frame.getByText('This result was prepared').waitFor({ state: 'hidden' });
  });
});

import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { focusedName, openDetails, openPanel, setPanelWidth } from '../support/panel';
import { dressPanel } from '../support/panel';
import { axeViolations, inWidths, widthWords } from '../support/panelAxe';
import { classify } from '../support/panelPictures';
import { themes, type Theme } from '../support/userSettings';
import { waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

describe('why a picture was taken for what it was', () => {
  let page: Page;
  let frame: Frame;
  let answer: Locator;
  let stage: Locator;
  let title: Locator;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await openPanel(page);
    answer = frame.locator('.explain-answer:not(.explain-old) dl');
    stage = frame.getByRole('application', { name: 'The picture with the map over it' });
    title = frame.locator('.explain-title');
  });
  after(() => closeWorkbench(page));

  const press = (key: string): Promise<void> => page.keyboard.press(key);
  /** How many pixels of the large map have a colour. */
  const painted = (): Promise<number> =>
    frame.locator('.explain-stage canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, index) => index % 4 === 3 && value > 0).length;
    });
  const slide = (name: string, value: number): Promise<void> =>
    frame.getByRole('slider', { name }).fill(String(value));

  it('says what to do while there is no picture, and Esc leads back', async () => {
    assert.equal(await frame.getByRole('button', { name: 'Explain' }).count(), 0);
    await press('w');
    await frame.getByRole('heading', { name: 'No picture to explain yet' }).waitFor();
    await frame
      .locator('.explain-empty')
      .getByRole('button', { name: 'Choose a picture…' })
      .waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    await press('Escape');
    await frame.locator('svg.graph').waitFor();
  });

  it('opens by its command with Grad-CAM of the last convolution for the most probable class', async () => {
    await classify(page, 'cat.jpg');
    await runCommand(page, 'AlexNet: Explain');
    await answer.waitFor();
    const top = await frame.locator('.explain-labels .explain-label-name').first().innerText();
    assert.equal(await title.innerText(), `Why ${top}?`);
    assert.equal(await frame.locator('#explain-method').inputValue(), 'gradCam');
    const text = await frame.locator('.explain-words').innerText();
    assert.match(text, /Untrained weights: the label means nothing/);
    assert.match(text, new RegExp(`Red speaks for ${top}, blue against it\\. No colour: zero\\.`));
    assert.match(text, /logits, on one scale for all classes by this method/);
    await waitUntil('the map', async () => (await painted()) > 1000);
    await frame.locator('.explain-scroll:focus').waitFor();
  });

  it('reads a cell under the pointer, in logits, with what it sees', async () => {
    const { x, y, width, height } = (await stage.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    const readout = frame.locator('.explain-picture .readout');
    await readout
      .filter({ hasText: /^[+−]?[\d.e-]+ logits · row 6, column 6 · conv5 cell sees/ })
      .waitFor();
    await frame.locator('.explain-stage .seen-frame').waitFor();
    // The page outlines it on the picture too.
    await frame.locator('.preview .probe-frame').waitFor({ state: 'attached' });
    await page.mouse.move(x - 4, y - 4);
    await readout.filter({ hasText: 'Point at the picture' }).waitFor();
  });

  it('asks why not another class by a second click, and takes it back', async () => {
    const second = frame.locator('.explain-labels li').nth(1);
    const name = await second.locator('.explain-label-name').innerText();
    await second.getByRole('button', { name: 'and not' }).click();
    await frame.getByRole('heading', { name: `and not ${name}?` }).waitFor();
    await answer.filter({ hasText: `less that of ${name}` }).waitFor();
    await frame.getByRole('button', { name: 'Clear “and not”' }).click();
    await answer.filter({ hasNotText: 'less that of' }).waitFor();
  });

  it('takes any class by its name, and by its number', async () => {
    const field = frame.getByRole('combobox', { name: 'Class' });
    await field.click();
    const options = frame.getByRole('listbox', { name: 'Class' }).getByRole('option');
    assert.equal(await options.count(), 60);
    await field.fill('crane');
    assert.deepEqual(await options.allInnerTexts(), ['crane\nclass 134', 'crane\nclass 517']);
    await options.nth(1).click();
    await frame.getByRole('heading', { name: 'Why crane?' }).waitFor();
    await answer.filter({ hasText: 'Logit of crane' }).waitFor();
    await field.fill('574');
    await press('Enter');
    await answer.filter({ hasText: 'Logit of golf ball' }).waitFor();
  });

  it('is asked and read by the keyboard alone', async () => {
    // Out of the field, then out of the view.
    await press('Escape');
    await frame.locator('.explain-scroll:focus').waitFor();
    await press('Escape');
    await frame.locator('svg.graph').waitFor();
    await press('w');
    await frame.locator('.explain-scroll:focus').waitFor();
    await press('Tab');
    assert.match(await focusedName(frame), /^The picture with the map over it/);
    const readout = frame.locator('.explain-picture .readout[aria-live=polite]');
    await readout.filter({ hasText: 'logits · row' }).waitFor();
    await press('Home');
    await readout.filter({ hasText: /, column 0 / }).waitFor();
    await press('ArrowRight');
    await readout.filter({ hasText: /, column 1 / }).waitFor();
    for (const name of ['Class', 'and not']) {
      const field = frame.getByRole('combobox', { name, exact: true });
      await field.focus();
      await press('ArrowDown');
      assert.equal(await field.getAttribute('aria-expanded'), 'true');
      await press('ArrowDown');
      const active = await field.getAttribute('aria-activedescendant');
      await frame.locator(`#${active!}.explain-class-active`).waitFor();
      await press('Enter');
      assert.equal(await field.getAttribute('aria-expanded'), 'false');
    }
    await answer.filter({ hasText: 'less that of' }).waitFor();
  });

  it('draws less with a higher threshold and nothing at 100 % of it but the strongest', async () => {
    const all = await painted();
    await slide('Share of the scale', 50);
    await waitUntil('fewer cells', async () => (await painted()) < all);
    await slide('Share of the scale', 0);
    await waitUntil('all cells', async () => (await painted()) === all);
    await slide('Opacity of the map', 40);
    assert.equal(
      await frame.locator('.explain-stage canvas').evaluate((each) => each.style.opacity),
      '0.4',
    );
    await slide('Opacity of the map', 85);
    // A slider knows arrows only: other keys are the page's.
    await frame.getByRole('slider', { name: 'Opacity of the map' }).focus();
    await press('Escape');
    await frame.locator('svg.graph').waitFor();
    await press('w');
    await frame.locator('.explain-scroll:focus').waitFor();
  });

  it('takes other methods and layers, and says why one cannot be taken', async () => {
    await frame.locator('#explain-layer').selectOption('conv3');
    await answer.waitFor();
    await frame.locator('#explain-method').selectOption('gradientXInput');
    await frame.getByText('Splits the logit by its slope').first().waitFor();
    await answer.waitFor();
    assert.equal(await frame.locator('#explain-layer').isVisible(), false);
    await frame
      .getByRole('group', { name: 'Pixels' })
      .getByRole('button', { name: 'each alone' })
      .click();
    await waitUntil('single pixels', async () => (await painted()) > 1000);
    await frame.locator('#explain-method').selectOption('lrp');
    const failure = frame
      .locator('.explain-progress')
      .filter({ hasText: 'Could not work out LRP' });
    await failure.getByRole('button', { name: 'Try again' }).waitFor();
    await frame.locator('#explain-method').selectOption('gradCam');
    await frame.locator('#explain-layer').selectOption('');
    await answer.waitFor();
  });

  it('measures whether the map is to be believed', async () => {
    await frame.getByRole('button', { name: 'Measure' }).click();
    const curves = frame.getByRole('slider', { name: /^Deletion and insertion/ });
    await curves.press('End');
    assert.match((await curves.getAttribute('aria-valuetext'))!, /^100 % of the picture: /);
  });

  it('is seen on the graph too, at every layer, for the class that is asked about', async () => {
    await frame.getByRole('combobox', { name: 'Class' }).fill('574');
    await press('Enter');
    await answer.filter({ hasText: 'Logit of golf ball' }).waitFor();
    await press('Escape');
    await press('Escape');
    const map = frame.locator('svg.graph [data-layer="conv5"] image.map');
    const mean = await map.getAttribute('href');
    await frame.getByRole('button', { name: 'Grad-CAM' }).click();
    await frame.locator('.legend .cam-note', { hasText: 'for golf ball' }).waitFor();
    const own = await map.getAttribute('href');
    assert.notEqual(own, mean);
    for (const layer of ['conv1', 'pool2', 'fc6'])
      await frame.locator(`svg.graph [data-layer="${layer}"] image.map`).waitFor();
    await frame.getByRole('button', { name: 'mean' }).click();
    await waitUntil('the means', async () => (await map.getAttribute('href')) === mean);
    await press('w');
    await answer.waitFor();
  });

  it('asks about a channel and a unit too, and goes back to the class', async () => {
    await press('Escape');
    await frame.locator('svg.graph').waitFor();
    // The card of the layer that has the keyboard now may lie over the one that is asked about.
    await press('Escape');
    const details = await openDetails(frame, 'conv3');
    await details.getByRole('tab', { name: 'Channels' }).click();
    await details.getByRole('button', { name: /^Explain channel \d+$/ }).click();
    await answer.filter({ hasText: 'Mean of conv3, channel' }).waitFor();
    const layers = frame.locator('#explain-layer option');
    assert.deepEqual(await layers.filter({ hasText: 'not before conv3' }).count(), 5);
    await frame.locator('#explain-method').selectOption('saliency');
    await frame.getByText('how the channel’s mean changes').first().waitFor();
    await details.getByRole('tab', { name: 'Values' }).click();
    await details.getByRole('button', { name: 'Explain this unit' }).click();
    await answer.filter({ hasText: 'Value of conv3, channel' }).waitFor();
    await frame.locator('#explain-method').selectOption('occlusion');
    // Four windows where there would be 169.
    for (const name of ['Stride', 'Window']) {
      await frame.getByRole('textbox', { name }).fill('112');
      await press('Enter');
    }
    await answer.filter({ hasText: 'On the baseline' }).waitFor();
    await stage.focus();
    await press('Home');
    const readout = frame.locator('.explain-picture .readout');
    await readout.filter({ hasText: 'of the unit’s value · row' }).waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    await frame.locator('#explain-method').selectOption('gradCam');
    await frame.getByRole('button', { name: 'Back to the class' }).press('Enter');
    assert.equal(await focusedName(frame), 'explain-class');
    await answer.filter({ hasText: 'Logit of golf ball' }).waitFor();
    await press('Escape');
    await press('Escape');
    await details.waitFor({ state: 'hidden' });
  });

  it('follows the picture that is shown', async () => {
    const before = await frame.locator('.explain-stage img').getAttribute('src');
    await classify(page, 'still-life.jpg');
    await waitUntil(
      'the other picture',
      async () => (await frame.locator('.explain-stage img').getAttribute('src')) !== before,
    );
    await answer.waitFor();
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`breaks no rule of axe, in ${theme}${widthWords(theme)}`, async () => {
      await dressPanel(page, frame, theme);
      await inWidths({ page, frame, theme }, async (what) => {
        assert.deepEqual(await axeViolations(frame, { theme }), [], what);
        const isCut = await frame.evaluate(() => document.body.scrollWidth > innerWidth);
        assert.equal(isCut, false, what);
      });
    });
  }

  it('has room in 400 pixels', async () => {
    await dressPanel(page, frame, 'dark');
    const wide = await frame.evaluate(() => innerWidth);
    await setPanelWidth(page, frame, 400);
    assert.ok((await stage.boundingBox())!.width > 300);
    const sideways = await frame
      .locator('.explain-scroll')
      .evaluate((each) => each.scrollWidth - each.clientWidth);
    assert.equal(sideways, 0);
    assert.deepEqual(await axeViolations(frame), []);
    await setPanelWidth(page, frame, wide);
  });
});

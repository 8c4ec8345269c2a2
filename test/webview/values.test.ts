import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { mapShape } from '../../src/network/tensor/cell';
import type { Cell } from '../../src/network/tensor/cell';
import type { Tensor } from '../../src/protocol/engineProtocol';
import { focusedName, openDetails, openPanel, setPanelWidth } from '../support/panel';
import { axeViolations, narrow } from '../support/panelAxe';
import { shownRun } from '../support/panelPictures';
import { engineActivations } from '../support/askProbe';
import { firstTheme, themes, type Theme } from '../support/userSettings';
import { chooseTheme, closeWorkbench, openWorkbench } from '../support/workbench';

const picture = 'still-life.jpg';
/** Six digits are shown. */
const tolerance = 2e-5;
const manyTabs = 40;
const everyKind = ['conv1', 'bn1', 'pool1', 'conv4', 'flatten', 'fc6', 'drop7', 'fc8'];
/** A panel of 800 pixels at 200 %. */
const zoomed = 400;

describe('one value, step by step', () => {
  let page: Page;
  let frame: Frame;
  let tensors: ReadonlyMap<string, Tensor>;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    await openPanel(page);
    tensors = await engineActivations(page, picture, everyKind);
    frame = await shownRun(page, picture);
  });
  after(() => closeWorkbench(page));

  async function openValues(layer: string): Promise<void> {
    await openDetails(frame, layer);
    await frame.getByRole('tab', { name: 'Values' }).click();
    await frame.locator(`.explanation[data-value^="${layer} "]`).waitFor();
  }

  async function choose(layer: string, cell: Cell): Promise<void> {
    const units = await frame.getByRole('spinbutton', { name: 'Unit' }).isVisible();
    const fields = units
      ? ([['Unit', cell.channel]] as const)
      : ([
          ['Channel', cell.channel],
          ['Row', cell.row],
          ['Column', cell.column],
        ] as const);
    for (const [name, value] of fields) {
      const field = frame.locator('.cell-fields').getByRole('spinbutton', { name });
      if ((await field.inputValue()) === String(value)) continue;
      await field.fill(String(value));
      await field.press('Enter');
    }
    const { row, column, channel } = cell;
    await frame
      .locator(`.explanation[data-value="${layer} ${row} ${column} ${channel}"]`)
      .waitFor();
  }

  /** What the person sees must be the engine's value, and the steps must come to it. */
  async function checkValue(layer: string, cell: Cell): Promise<void> {
    const { shape, data } = tensors.get(layer)!;
    const [, width, channels] = mapShape(shape);
    const expected = data[(cell.row * width + cell.column) * channels + cell.channel]!;
    await choose(layer, cell);
    const shown = numberIn(await frame.locator('.chosen-value').innerText());
    const totals = (await frame.locator('.stages .stage-total').allInnerTexts()).map(numberIn);
    const isProbability = layer === 'fc8' || layer === 'prob';
    const largest = Math.max(...totals.map(Math.abs), 1e-9);
    for (const [what, value] of [
      ['the value', shown],
      ['the last line', totals.at(-1)!],
      ['the line before it', totals.at(-2)!],
    ] as const) {
      const apart = Math.abs(value - expected);
      // A probability is a quotient of exponentials: its rounding is a share of itself.
      const allowed = isProbability ? Math.abs(expected) * 1e-3 + 1e-30 : largest * tolerance;
      assert.ok(apart <= allowed, `${layer}: ${what} is ${value}, not ${expected}`);
    }
  }

  it('shows the engine’s numbers, and steps that come to them, for every kind of layer', async () => {
    for (const layer of everyKind) {
      await openValues(layer);
      const [height, width, channels] = mapShape(tensors.get(layer)!.shape);
      const middle = { row: height >> 1, column: width >> 1, channel: Math.floor(channels / 3) };
      for (const cell of [middle, { row: 0, column: 0, channel: channels - 1 }]) {
        await checkValue(layer, cell);
      }
    }
  });

  it('adds the red, green and blue products of conv1 to the sum that it shows', async () => {
    await openValues('conv1');
    await choose('conv1', { row: 20, column: 30, channel: 5 });
    const shown = async (id: string): Promise<readonly number[]> =>
      (await frame.locator(`.stages [data-stage=${id}] .stage-total`).allInnerTexts()).map(
        numberIn,
      );
    const products = await shown('products');
    assert.equal(products.length, 3);
    const [sum] = await shown('channels');
    const added = products.reduce((total, product) => total + product, 0);
    assert.ok(
      Math.abs(added - sum!) <= 1e-5 * Math.max(...products.map(Math.abs)),
      `${added} ${sum}`,
    );
    const cells = await frame
      .locator('.product-row .value-box:last-child .value-cell')
      .evaluateAll((all) => all.map((each) => each.getAttribute('title') ?? ''));
    assert.equal(cells.length, 3 * 11 * 11);
    const ofCells = cells.reduce((total, title) => total + numberIn(title.split(': ')[1]!), 0);
    assert.ok(Math.abs(ofCells - sum!) <= 1e-4, `${ofCells} ${sum}`);
  });

  it('multiplies any input channel, or all of them at once', async () => {
    await openValues('conv3');
    const end = frame.locator('.stages [data-stage=value] .stage-total');
    const value = await end.innerText();
    const field = frame.getByRole('spinbutton', { name: 'Input channel' });
    await field.fill('17');
    await field.press('Enter');
    await frame.locator('.stages', { hasText: 'Products, channel 17' }).waitFor();
    assert.equal(await end.innerText(), value);
    await frame.getByRole('checkbox', { name: 'All channels' }).check();
    await frame.locator('.stages', { hasText: 'Products, all 256 channels' }).waitFor();
    assert.equal(await end.innerText(), value);
    await frame.getByRole('checkbox', { name: 'All channels' }).uncheck();
  });

  it('takes a click on the map, and leads on to where the inputs come from', async () => {
    await openValues('pool1');
    await frame.locator('.cell-map').click({ position: { x: 4, y: 4 } });
    await frame.locator('.explanation[data-value^="pool1 0 0 "]').waitFor();
    await frame.getByRole('button', { name: 'Where the inputs come from: bn1' }).click();
    await frame.locator('.explanation[data-value^="bn1 1 1 "]').waitFor();
  });

  it('works by keyboard: choose a cell, step, play, pause', async () => {
    await openValues('conv5');
    await choose('conv5', { row: 5, column: 5, channel: 2 });
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let tabs = 0; !name.test(await focusedName(frame)); tabs++) {
        assert.ok(tabs < manyTabs, `Tab does not reach ${name.source}`);
        await press('Tab');
      }
    };
    await frame.getByRole('tab', { name: 'Values' }).focus();
    await tabTo(/^Channel 2 of conv5: the arrow keys/);
    await press('ArrowRight');
    await press('ArrowUp');
    await frame.locator('.explanation[data-value="conv5 4 6 2"]').waitFor();
    await tabTo(/^Back$/);
    const count = frame.locator('.step-count');
    const words = frame.locator('.step-words');
    const [, all] = (await count.innerText()).split(' of ');
    await press('Home');
    assert.equal(await count.innerText(), `1 of ${all}`);
    assert.match(await words.innerText(), /^row 0, column 0: .* × .* = /);
    assert.equal(await frame.locator('.value-cell.current').count(), 3);
    await press('ArrowRight');
    assert.match(await words.innerText(), /^row 0, column 1: /);
    await press('Enter');
    assert.equal(await count.innerText(), `1 of ${all}`);
    await press('p');
    await frame.getByRole('button', { name: 'Pause' }).waitFor();
    await frame.waitForFunction(
      () => !document.querySelector('.step-count')?.textContent.startsWith('1 '),
    );
    await press('p');
    await frame.getByRole('button', { name: 'Play' }).waitFor();
    await press('End');
    assert.equal(await count.innerText(), `${all} of ${all}`);
    await tabTo(/^Products, channel/);
    await press('Enter');
    assert.equal(await count.innerText(), `1 of ${all}`);
  });

  it('steps and plays nothing by itself for a person who asked for less motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await frame.getByRole('button', { name: 'Play' }).waitFor({ state: 'hidden' });
    const count = frame.locator('.step-count');
    await frame.locator('.stages button').first().click();
    const before = Number.parseInt(await count.innerText(), 10);
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByRole('button', { name: 'Next' }).press('p');
    assert.equal(Number.parseInt(await count.innerText(), 10), before + 1);
    assert.equal(await frame.evaluate(() => document.getAnimations().length), 0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await frame.getByRole('button', { name: 'Play' }).waitFor();
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    const isFirst = theme === firstTheme;
    const widthWords = isFirst ? ', wide, narrow and zoomed' : '';
    it(`gives axe nothing to object to and fits the panel in ${theme}${widthWords}`, async () => {
      await chooseTheme(page, theme);
      const wide = await frame.evaluate(() => innerWidth);
      for (const layer of ['conv1', 'conv4', 'pool1', 'bn1', 'fc8']) {
        await openValues(layer);
        await frame.locator('.stages button').first().click();
        const inAll = isFirst && (layer === 'conv4' || layer === 'fc8');
        for (const width of inAll ? [wide, narrow, zoomed] : [wide]) {
          await setPanelWidth(page, frame, width);
          const found = await axeViolations(frame, { theme, within: '.details-pane' });
          assert.deepEqual(found, [], `${layer}, ${width} pixels wide`);
          const [reach, room] = await frame
            .locator('.values-body')
            .evaluate((body) => [body.scrollWidth, body.clientWidth] as const);
          assert.ok(reach <= room, `${layer}: ${reach} pixels do not fit ${room}`);
        }
        await setPanelWidth(page, frame, wide);
      }
    });
  }

  it('explains response normalisation and a softmax of its own', async () => {
    await frame.locator('#variant').selectOption('paper');
    const layers = ['norm1', 'conv2', 'prob'];
    tensors = await engineActivations(page, picture, layers);
    frame = await shownRun(page, picture);
    await frame.locator('[data-layer="norm1"] image.map').waitFor();
    for (const layer of layers) {
      await openValues(layer);
      await checkValue(layer, { row: 0, column: 0, channel: layer === 'prob' ? 999 : 95 });
    }
  });
});

/** `= −0.0125` as a number. */
function numberIn(text: string): number {
  if (text === 'padding') return 0;
  return Number(text.replace('=', '').replaceAll('−', '-').trim());
}

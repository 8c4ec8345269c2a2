import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { formatCosine, formatValue } from '../../src/webview/draw/numberFormat';
import type { Tensor } from '../../src/protocol/engineProtocol';
import { layersOf } from '../support/panel';
import { axeViolations, inWidths, widthWords } from '../support/panelAxe';
import { selectInExplorer, shownRun, takeInExplorer } from '../support/panelPictures';
import { engineActivations } from '../support/askProbe';
import { themes, type Theme } from '../support/userSettings';
import { chooseTheme, closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

const [pictureA, pictureB] = ['cat.jpg', 'still-life.jpg'] as const;
const layers = ['conv1', 'conv3', 'fc7'];

describe('two pictures side by side', () => {
  let page: Page;
  let frame: Frame;
  let a: ReadonlyMap<string, Tensor>;
  let b: ReadonlyMap<string, Tensor>;
  const rowText = (layer: string): Promise<readonly string[]> =>
    frame.locator(`.compare-table tr[data-row=${layer}] td.numeric`).allInnerTexts();

  before(async () => {
    page = await openWorkbench({ width: 1600, height: 900 });
    a = await engineActivations(page, pictureA, layers);
    b = await engineActivations(page, pictureB, layers);
    await selectInExplorer(page, [pictureA, pictureB]);
    await takeInExplorer(page, pictureB, 'AlexNet: Compare Images');
    frame = await shownRun(page, pictureB);
    await frame.locator('.compare-table').waitFor();
  });
  after(() => closeWorkbench(page));

  it('stand beside each other with what was made of them, and where they part', async () => {
    const cards = await frame.locator('.run-card strong').allInnerTexts();
    assert.deepEqual(cards, [pictureA, pictureB]);
    await frame.waitForFunction(() => document.activeElement?.closest('.compare-pane'));
    assert.match(await frame.locator('.verdict').innerText(), /^A and B are two pictures \(RMSE /);
    assert.deepEqual(
      await frame
        .locator('.compare-table tbody tr')
        .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['row'])),
      layersOf('keras').map(({ name }) => name),
    );
    assert.deepEqual(
      await frame
        .locator('.compare-table tr.first')
        .allInnerTexts()
        .then(({ length }) => length),
      1,
    );
  });

  it('have the numbers of the engine’s own values in every row', async () => {
    for (const layer of layers) {
      const [x, y] = [a.get(layer)!.data, b.get(layer)!.data];
      const mean = (of: (one: number, other: number) => number): number =>
        x.reduce((sum, value, index) => sum + of(value, y[index]!), 0) / x.length;
      const [maxAbs, rmse, , cosine] = await rowText(layer);
      const most = x.reduce((top, value, index) => Math.max(top, Math.abs(value - y[index]!)), 0);
      assert.equal(maxAbs, formatValue(most), layer);
      assert.equal(rmse, formatValue(Math.sqrt(mean((one, other) => (one - other) ** 2))), layer);
      const angle =
        mean((one, other) => one * other) /
        Math.sqrt(mean((one) => one * one) * mean((_, other) => other * other));
      assert.equal(cosine, formatCosine(angle), layer);
    }
  });

  it('show B − A of every channel, and both values under the cursor', async () => {
    await frame.locator('.compare-table tr[data-row=conv3] button').click();
    await frame.locator('#tab-difference').click();
    const tiles = frame.locator('.difference .tile-stage');
    await tiles.waitFor();
    const { width, height } = (await tiles.boundingBox())!;
    for (const [left, top] of [
      [0.1, 0.1],
      [0.6, 0.3],
    ] as const) {
      await tiles.hover({ position: { x: left * width, y: top * height } });
      const words = await frame.locator('.difference .readout').innerText();
      const found =
        /^channel (\d+) · row (\d+), column (\d+) · A (\S+) · B (\S+) · B − A (\S+)$/.exec(words);
      assert.ok(found, words);
      const [channel, row, column] = found.slice(1, 4).map(Number);
      const at = (row! * 13 + column!) * 384 + channel!;
      const [one, other] = [a.get('conv3')!.data[at]!, b.get('conv3')!.data[at]!];
      const shown = found.slice(4).map((text) => Number(text.replace('−', '-')));
      for (const [index, wanted] of [one, other, other - one].entries()) {
        const apart = Math.abs(shown[index]! - wanted);
        assert.ok(apart <= 1e-5 * Math.max(1, Math.abs(wanted)), `${words}, not ${wanted}`);
      }
    }
    assert.equal(await frame.locator('.channel-trio img').count(), 3);
  });

  it('are compared by what spoke for a class, layer by layer', async () => {
    await frame.getByRole('button', { name: 'Grad-CAM' }).click();
    const verdict = frame.locator('.verdict', {
      hasText: /^What spoke for .+ in A and in B\. Least/,
    });
    await verdict.waitFor();
    const names = await frame
      .locator('.compare-table tbody tr')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['row']));
    assert.deepEqual(
      names,
      layersOf('keras')
        .slice(1)
        .map(({ name }) => name),
    );
    const row = frame.locator('.compare-table tr[data-row=conv5]');
    for (const side of ['A', 'B']) {
      const alt = await row.getByRole('img', { name: `conv5 in ${side}` }).getAttribute('alt');
      assert.match(alt!, /^conv5 in [AB], Grad-CAM: −\S+ to \S+$/);
    }
    const cosine = Number((await rowText('conv5')).at(-1)!.replace('−', '-'));
    assert.ok(cosine >= -1 && cosine < 1, `${cosine}`);
    await frame.getByRole('button', { name: 'mean' }).click();
    await frame.locator('.verdict', { hasText: /^A and B are two pictures/ }).waitFor();
  });

  it('are walked by the keyboard: rows, the layer, its tab, and back to the graph', async () => {
    await frame.locator('.compare-table tr[data-row=conv1] button').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await frame.locator('#details-title', { hasText: 'bn1' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await frame.locator('svg.graph').waitFor();
    assert.equal(await frame.locator('.compare-pane').isHidden(), true);
    await page.keyboard.press('c');
    await frame.locator('.compare-table').waitFor();
    await frame.waitForFunction(() => document.activeElement?.closest('.compare-pane'));
    await page.keyboard.press('Escape');
    await frame.locator('svg.graph [data-layer]:focus').waitFor();
    await page.keyboard.press('c');
    await frame.locator('.compare-table').waitFor();
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`give axe nothing to object to in ${theme}${widthWords(theme)}`, async () => {
      await chooseTheme(page, theme);
      await inWidths({ page, frame, theme }, async (what) => {
        assert.deepEqual(await axeViolations(frame, { theme }), [], what);
        const over = await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `the page is ${over} pixels too wide: ${what}`);
      });
    });
  }

  it('wait for what comes next, and end as they are told', async () => {
    await frame.getByRole('button', { name: 'Compare with…' }).click();
    await page.locator('.quick-input-widget input.input').fill('The next result');
    await page.keyboard.press('Enter');
    await frame.locator('.verdict', { hasText: 'kept as A' }).waitFor();
    assert.deepEqual(await frame.locator('.run-card strong').allInnerTexts(), [pictureB]);
    await runCommand(page, 'AlexNet: End Comparison');
    await frame.locator('svg.graph').waitFor();
    assert.equal(
      await frame.getByRole('button', { name: 'Compare', exact: true }).isHidden(),
      true,
    );
  });
});

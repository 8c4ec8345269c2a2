import assert from 'node:assert/strict';
import { alexNetIds, alexNets } from '../../src/library/alexNets';
import type { Frame, Page } from 'playwright-core';
import { parameterFormula } from '../../src/network/summary';
import { layerNamed } from '../../src/network/network';
import { summarize } from '../../src/network/summary';
import { block, blockName, blockNames, grouped, layersOf, panelTab } from '../support/panel';
import { eventually } from '../support/waiting';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

describe('the architecture', () => {
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench();
    await runCommand(page, 'AlexNet: Show Architecture');
    frame = await panelFrame(page, '[data-layer]');
  });
  after(() => closeWorkbench(page));

  it('opens by its command, and nothing pops up beside it', async () => {
    assert.equal(await panelTab(page).count(), 1);
    assert.equal(await page.locator('.notifications-toasts .notification-toast').count(), 0);
    assert.equal(await frame.locator('[role=alert]').textContent(), '');
  });

  it('shows every layer as a block that says its name, kind, output and parameters', async () => {
    assert.deepEqual(await blockNames(frame), layersOf('keras').map(blockName));
    const conv1 = 'conv1, Conv2D, output 56 × 56 × 96, 34,944 parameters';
    assert.equal(await frame.getByRole('button', { name: conv1, exact: true }).count(), 1);
  });

  for (const name of ['conv1', 'bn2', 'pool5', 'fc6']) {
    it(`tells everything of ${name} in a card beside the block that the pointer is on`, async () => {
      await frame.locator('.legend').hover();
      await frame.locator('#layer-card').waitFor({ state: 'hidden' });
      await block(frame, name).locator('.face').hover();
      const card = frame.locator('#layer-card');
      await card.filter({ has: frame.getByText(name, { exact: true }) }).waitFor();
      const text = await card.innerText();
      for (const words of cardWords(name)) {
        assert.ok(text.includes(words), `the card of ${name} lacks "${words}":\n${text}`);
      }
      assert.equal(await overlap(frame, name), 0, 'the card covers its block');
    });
  }

  it('hides the card when the pointer leaves, and on Esc', async () => {
    const card = frame.getByRole('tooltip');
    await block(frame, 'conv2').locator('.face').hover();
    await card.waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    await block(frame, 'conv3').locator('.face').hover();
    await card.waitFor();
    await frame.locator('.legend').hover();
    await card.waitFor({ state: 'hidden' });
  });

  it('keeps the card while the pointer is on it', async () => {
    const card = frame.getByRole('tooltip');
    await block(frame, 'conv4').locator('.face').hover();
    await card.hover();
    await card.filter({ hasText: 'conv4' }).waitFor();
    await frame.locator('.legend').hover();
    await card.waitFor({ state: 'hidden' });
  });

  it('opens the details of a block that is clicked, and closes them', async () => {
    await block(frame, 'conv5').locator('.face').click();
    await frame.locator('#details-title', { hasText: 'conv5' }).waitFor();
    assert.equal(await block(frame, 'conv5').getAttribute('aria-pressed'), 'true');
    await frame.getByRole('button', { name: 'Close details' }).click();
    await frame.locator('.details-pane').waitFor({ state: 'hidden' });
    assert.equal(await block(frame, 'conv5').getAttribute('aria-pressed'), 'false');
  });

  it('folds a block by its title, and unfolds it', async () => {
    const all = layersOf('keras').length;
    const title = frame.locator('[data-block="conv block 1"]');
    await title.click();
    await frame.locator('[data-folded="conv block 1"]').waitFor();
    assert.equal(await title.getAttribute('aria-expanded'), 'false');
    assert.equal((await blockNames(frame)).length, all - 3);
    await title.click();
    await block(frame, 'bn1').waitFor();
    assert.equal((await blockNames(frame)).length, all);
  });

  describe('of the variants', () => {
    it('are five, by their titles', async () => {
      assert.deepEqual(
        await frame.locator('#variant option').allTextContents(),
        alexNetIds.map((id) => alexNets[id].title),
      );
    });

    for (const id of ['paper', 'bvlc', 'caffenet', 'torchvision', 'keras'] as const) {
      it(`shows the layers and totals of ${id} when it is chosen`, async () => {
        await frame.locator('#variant').selectOption(id);
        await frame.waitForFunction(
          ([selected, count]) =>
            document.querySelector<HTMLSelectElement>('#variant')?.value === selected &&
            document.querySelectorAll('[data-layer]').length === count,
          [id, layersOf(id).length] as const,
        );
        assert.deepEqual(await blockNames(frame), layersOf(id).map(blockName));
        await frame.getByRole('button', { name: 'Table' }).click();
        const { parameters, macs } = summarize(alexNets[id].network).totals;
        await frame.getByRole('caption').filter({ hasText: alexNets[id].title }).waitFor();
        const totals = await frame.locator('tfoot').innerText();
        for (const total of [parameters, macs]) assert.ok(totals.includes(grouped(total)), totals);
        await frame.getByRole('button', { name: 'Graph' }).click();
        await block(frame, 'conv1').waitFor();
      });
    }
  });

  it('copies the table of all layers for a spreadsheet', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await frame.getByRole('button', { name: 'Table' }).click();
    await frame.getByRole('button', { name: 'Copy as TSV' }).click();
    const text = await eventually('the table in the clipboard', async () => {
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^Layer\tKind/);
      return copied;
    });
    const rows = text.trimEnd().split('\n');
    assert.equal(rows.length, layersOf('keras').length + 2);
    assert.match(rows.at(-1)!, /^Total\t.*\t62380776\t.*\t1139124224\t/);
    await frame.getByRole('button', { name: 'Graph' }).click();
  });
});

/** What section 5 of the design asks of a card, from the network itself. */
function cardWords(name: string): readonly string[] {
  const { network, reasons } = alexNets.keras;
  const layer = layersOf('keras').find((each) => each.name === name)!;
  const { size, stride } = layer.receptiveField.rows;
  const shape = (sizes: readonly number[]): string => sizes.map(grouped).join(' × ');
  const { section, text, departure } = reasons[name]!;
  return [
    layer.kind,
    `${shape(layer.inputShape)} → ${shape(layer.outputShape)}`,
    parameterFormula(layerNamed(network, name)) ?? 'Parameters',
    grouped(layer.macs),
    `${size} × ${size} px, every ${stride} px`,
    `§${section!}: ${text}`,
    departure ?? '',
  ];
}

/** Square pixels that the card and a block have in common. */
function overlap(frame: Frame, layer: string): Promise<number> {
  return frame.evaluate((id) => {
    const card = document.querySelector('#layer-card')!.getBoundingClientRect();
    const block = document.querySelector(`[data-layer="${id}"] .block`)!.getBoundingClientRect();
    const width = Math.min(card.right, block.right) - Math.max(card.left, block.left);
    const height = Math.min(card.bottom, block.bottom) - Math.max(card.top, block.top);
    return Math.max(0, width) * Math.max(0, height);
  }, layer);
}

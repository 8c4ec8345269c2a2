import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { alexNetIds } from '../../src/library/alexNets';
import { environment } from '../support/environment';
import { dressPanel, openPanel } from '../support/panel';
import { axeViolations, inWidths } from '../support/panelAxe';
import { takeInExplorer } from '../support/panelPictures';
import { themes, type Theme } from '../support/userSettings';
import { waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';
import { writePng } from '../support/writePng';

const classes = ['bars across', 'bars down', 'discs'] as const;
const [perClass, side] = [3, 32];

describe('a training on a folder of pictures', () => {
  const folder = join(environment('ALEXNET_TEST_WORKSPACE'), 'drawn');
  let page: Page;
  let frame: Frame;

  before(async () => {
    for (const [kind, name] of classes.entries()) {
      await mkdir(join(folder, name), { recursive: true });
      for (let at = 0; at < perClass; at++)
        await writeFile(join(folder, name, `${at}.png`), writePng(drawn(kind, at), side, side));
    }
    await writeFile(join(folder, 'discs', 'broken.png'), 'no picture');
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await openPanel(page);
  });
  after(async () => {
    await closeWorkbench(page);
    await rm(folder, { recursive: true });
  });

  const field = (id: string) => frame.locator(`#train-${id}`);
  const pane = () => frame.locator('.train-pane');
  const button = (name: string) => pane().getByRole('button', { name, exact: true });
  const cost = async (): Promise<string> => pane().locator('.train-cost').innerText();

  async function axeIn(theme: Theme): Promise<void> {
    await dressPanel(page, frame, theme);
    await inWidths({ page, frame, theme }, async (what) => {
      assert.deepEqual(await axeViolations(frame, { theme, within: '.train-pane' }), [], what);
      const reach = await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(reach <= 0, `${what}: ${reach} pixels too wide`);
    });
  }

  it('is asked for in a folder’s menu, and says what it costs by a step that was measured', async () => {
    await takeInExplorer(page, 'drawn', 'AlexNet: Train on Folder');
    await pane().waitFor();
    await frame.getByText('From a step that was measured here.').waitFor();
    assert.deepEqual(await pane().locator('.train-label').allInnerTexts(), [...classes]);
    assert.match(await cost(), /to learn from, \d held out/);
    const samples = pane().locator('.train-sample-row img');
    await waitUntil('sample pictures', async () => (await samples.count()) >= 6);
  });

  it('refuses what makes no sense in its own field, and measures anew what costs another time', async () => {
    await field('learning').selectOption('classifier');
    await field('batch').fill('4');
    await field('epochs').fill('none');
    await button('Start').click();
    assert.equal(await frame.evaluate(() => document.activeElement?.id), 'train-epochs');
    const hint = frame.locator('#train-epochs-hint');
    assert.equal(await hint.innerText(), 'Give a whole number from 1 to 10,000 instead of “none”.');
    await field('epochs').fill('2');
    await waitUntil('the cost of two epochs', async () =>
      /Steps\s+4, 2 in an epoch/.test(await cost()),
    );
    await frame.getByText('From a step that was measured here.').waitFor();
    assert.match(await cost(), /Parameters that learn\s+12,291/);
    await pane().locator('.train-more > summary').click();
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`gives axe nothing to object to in its settings, in ${theme}`, () => axeIn(theme));
  }

  it('is left for the graph and come back to while it runs, and shows what came of it', async () => {
    await dressPanel(page, frame, 'dark');
    await button('Start').click();
    await pane().locator('.train-head progress').waitFor();
    await pane().locator('.train-scroll').press('Escape');
    await frame.locator('svg.graph').waitFor();
    await page.keyboard.press('l');
    await pane().getByText('Done after 2 epochs', { exact: true }).waitFor();
    const spoken = await pane().locator('> [role=status]').textContent();
    assert.match(spoken ?? '', /^Done after 2 epochs\. Epoch 2: loss .*; held out: loss /);
    await pane().getByText('Left out: 1 picture that cannot be read').waitFor();
    for (const what of ['96 filters of conv1', /maps of conv1$/])
      await pane().getByRole('img', { name: what }).waitFor();
    await pane().getByRole('slider', { name: 'Accuracy, step' }).press('End');
    await pane()
      .getByText(/^Epoch 2, step 4: .* %, at rate .*; held out after epoch 2: /)
      .waitFor();
    await pane().getByText('Every epoch in numbers').click();
    assert.equal(await pane().locator('.train-epochs tbody tr').count(), 2);
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`gives axe nothing to object to in what came of it, in ${theme}`, () => axeIn(theme));
  }

  it('has weights that are used, and evaluated on the pictures held out', async () => {
    await dressPanel(page, frame, 'dark');
    await button('Evaluate on the held-out pictures').click();
    await frame.locator('.evaluate-figures').waitFor();
    assert.match(await frame.locator('.evaluate-title').innerText(), /on drawn/);
    await frame.getByRole('button', { name: 'Training', exact: true }).click();
    await button('Close').click();
    await frame.locator('svg.graph').waitFor();
    assert.ok(await frame.getByRole('button', { name: 'Training', exact: true }).isHidden());
  });

  it('has a network that is listed until it is removed, by a command', async () => {
    const listed = frame.locator('#variant option');
    assert.equal(await listed.count(), alexNetIds.length + 1);
    await runCommand(page, 'AlexNet: Remove Trained Network…', { asks: true });
    const picker = page.locator('.quick-input-widget');
    await picker.getByText('Remove Trained Network: what it learned is gone then').waitFor();
    await picker.locator('.monaco-list-row').first().click();
    await page.keyboard.press('Enter');
    await waitUntil('the networks of before', async () => {
      return (await listed.count()) === alexNetIds.length;
    });
    assert.equal(await frame.locator('#variant').inputValue(), 'keras');
  });
});

/** A picture of a class, each elsewhere in other colours. */
function drawn(kind: number, index: number): Uint8Array {
  const rgb = new Uint8Array(3 * side * side);
  const centre = 12 + 3 * (index % 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [across, down] = [Math.abs(y - centre) < 3, Math.abs(x - centre) < 3];
      const isInside = [across, down, Math.hypot(x - centre, y - 16) < 8][kind] === true;
      const colour = isInside ? [230, 200 - 20 * index, 60] : [20, 40 + 20 * index, 90];
      rgb.set(colour, 3 * (side * y + x));
    }
  }
  return rgb;
}

import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { alexNetIds } from '../../src/library/alexNets';
import { environment } from '../support/environment';
import { signalEngines } from '../support/laneEngines';
import {
  block,
  dressPanel,
  layersOf,
  openDetails,
  openPanel,
  panelTab,
  setPanelWidth,
} from '../support/panel';
import { axeViolations } from '../support/panelAxe';
import {
  classify,
  explorerRow,
  selectInExplorer,
  shownRun,
  takeInExplorer,
} from '../support/panelPictures';
import { type Theme, themes } from '../support/userSettings';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';

const picture = 'still-life.jpg';

describe('what is shown leads on', () => {
  const workspace = environment('ALEXNET_TEST_WORKSPACE');
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
  });
  after(() => closeWorkbench(page));

  const note = (): Locator => frame.locator('.picture-note');

  /** The layer and the tab that a person was at. */
  async function assertPlace(layer: string): Promise<void> {
    await frame.locator('#details-title', { hasText: layer }).waitFor();
    assert.equal(await frame.locator('#tab-channels').getAttribute('aria-selected'), 'true');
    await frame.locator('.channels:not([aria-busy=true]) .tile-stage').waitFor();
  }

  async function rests(): Promise<void> {
    const fresh = frame.locator('.graph-pane[aria-busy=false]:not(.old)');
    await fresh.waitFor({ state: 'attached' });
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
  }

  async function reload(): Promise<void> {
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      runCommand(page, 'Developer: Reload Window', { asks: true }),
    ]);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    frame = await panelFrame(page, '[data-layer]');
  }

  it('through all networks: the maps before stay, dimmed, until those of the next are there', async () => {
    frame = await classify(page, picture);
    await openDetails(frame, 'conv2');
    await frame.locator('#tab-channels').click();
    await assertPlace('conv2');
    const seen = await watchRenewals(frame);
    for (const id of [...alexNetIds.slice(1), 'keras'] as const) {
      await frame.locator('#variant').selectOption(id);
      await frame.locator('.graph-pane[aria-busy=true]').waitFor({ state: 'attached' });
      await rests();
      const layers = layersOf(id);
      assert.equal(await frame.locator('[data-layer] image.map').count(), layers.length - 1);
      await assertPlace('conv2');
      assert.equal(await note().innerText(), '');
    }
    for (const { maps, said, details } of await seen()) {
      assert.ok(maps > 8, `${maps} maps while the next are made`);
      assert.match(said, /^Running still-life\.jpg in .+\. What is shown is of before\.$/);
      assert.equal(details, 'channels');
    }
    assert.equal((await seen()).length, alexNetIds.length);
  });

  it('dimmed for as long as it takes, and axe has nothing to object to in any theme', async () => {
    await frame.locator('#engine[data-status=ready]').waitFor();
    signalEngines('SIGSTOP');
    try {
      await frame.locator('#variant').selectOption('bvlc');
      await frame.locator('.graph-pane.old[aria-busy=true]').waitFor();
      for (const theme of Object.keys(themes) as Theme[]) {
        await dressPanel(page, frame, theme);
        assert.deepEqual(await axeViolations(frame, { theme }), [], theme);
      }
    } finally {
      signalEngines('SIGCONT');
    }
    await rests();
    await dressPanel(page, frame, 'dark');
  });

  it('through networks with two pictures side by side: both follow', async () => {
    await selectInExplorer(page, ['cat.jpg', picture]);
    await takeInExplorer(page, picture, 'AlexNet: Compare Images');
    frame = await shownRun(page, picture);
    await frame.locator('.compare-table').waitFor();
    await frame.locator('#variant').selectOption('caffenet');
    const cards = frame.locator('.run-card', { hasText: 'CaffeNet' });
    await cards.nth(1).waitFor();
    await rests();
    const sides = (await cards.allInnerTexts()).join();
    for (const name of ['cat.jpg', picture]) assert.ok(sides.includes(name), sides);
    await frame.getByRole('button', { name: 'End comparison' }).click();
    await frame.locator('#variant').selectOption('keras');
    await rests();
  });

  it('from a file that has changed, and from one that is gone', async () => {
    const path = join(workspace, 'short-lived.jpg');
    await copyFile(join(workspace, 'cat.jpg'), path);
    frame = await classify(page, 'short-lived.jpg');
    await copyFile(join(workspace, 'still-life.jpg'), path);
    await note().getByText('short-lived.jpg has changed since it was run.').waitFor();
    await note().getByRole('button', { name: 'Run again' }).click();
    await frame.locator('.file', { hasText: '500 × 375' }).waitFor();
    await rests();
    assert.equal(await note().isVisible(), false);
    await rm(path);
    await note().getByText('short-lived.jpg is not there any more.').waitFor();
    await note().getByRole('button', { name: 'Choose another picture…' }).waitFor();
    await setPanelWidth(page, frame, 600);
    await frame.locator('.picture-row').getByText('file gone').waitFor();
    await setPanelWidth(page, frame, 1100);
    await reload();
    await frame.getByText('Not brought back').waitFor();
    await note().getByText('short-lived.jpg is not there any more.').waitFor();
    await frame.getByRole('button', { name: 'Choose a picture…' }).waitFor();
  });

  it('over a restart of VS Code: the strip, its picture, the layer and the tab are there again', async () => {
    const folder = join(workspace, 'comes-back');
    await mkdir(folder, { recursive: true });
    await copyFile(join(workspace, 'cat.jpg'), join(folder, '1.jpg'));
    await copyFile(join(workspace, 'still-life.jpg'), join(folder, '2.jpg'));
    await writeFile(join(folder, 'README.md'), 'no picture');
    // Once, on a busy machine, a window that had started again did not know the setting; what is chosen is kept.
    const weights = frame.locator('#weights');
    if (!(await weights.innerText()).includes('random'))
      await runCommand(page, 'AlexNet: Use Random Weights');
    await weights.filter({ hasText: 'random' }).waitFor();
    await takeInExplorer(page, 'comes-back', 'AlexNet: Classify Folder');
    frame = await shownRun(page, '2.jpg');
    await frame.getByRole('button', { name: 'Previous picture (,)' }).click();
    frame = await shownRun(page, '1.jpg');
    await openDetails(frame, 'conv3');
    await frame.locator('#tab-channels').click();
    await assertPlace('conv3');
    const predictions = await frame.locator('.predictions').innerText();
    await reload();
    await shownRun(page, '1.jpg');
    await assertPlace('conv3');
    assert.equal(await frame.locator('.predictions').innerText(), predictions);
    const options = frame.locator('.strip-option');
    assert.deepEqual(
      await options.evaluateAll((all) => all.map((each) => each.dataset['status'])),
      ['done', 'waiting'],
    );
    assert.equal(await page.locator('.notifications-toasts .notification-toast').count(), 0);
  });

  it('in a panel that was closed and is opened again', async () => {
    await panelTab(page).click({ button: 'middle' });
    await panelTab(page).waitFor({ state: 'hidden' });
    frame = await openPanel(page);
    await shownRun(page, '1.jpg');
    await assertPlace('conv3');
  });

  it('past an engine that was killed: quietly at first, then with a button', async () => {
    const engine = frame.locator('#engine');
    const maps = await frame.locator('[data-layer] image.map').count();
    await frame.locator('#engine[data-status=ready]').waitFor();
    const before = await watchEngine(frame);
    signalEngines('SIGKILL');
    await frame.locator('#engine:not([data-status=ready])').waitFor({ state: 'attached' });
    await frame.locator('#engine[data-status=ready]').waitFor();
    await rests();
    assert.ok((await before()).includes('starting'));
    assert.equal(await frame.locator('[role=alert]').innerText(), '');
    assert.equal(await frame.locator('[data-layer] image.map').count(), maps);
    signalEngines('SIGKILL');
    const alert = frame.locator('[role=alert]');
    await alert.getByText(/twice within a minute/).waitFor();
    for (const width of [600, 400, 1100]) {
      await setPanelWidth(page, frame, width);
      assert.deepEqual(await axeViolations(frame), [], `${width} pixels wide`);
      const right = await alert.getByRole('button', { name: 'Dismiss' }).boundingBox();
      assert.ok(right && right.width > 0, `${width} pixels wide`);
    }
    await alert.getByRole('button', { name: 'Restart the engine' }).waitFor();
    await engine.click();
    await frame.getByRole('button', { name: 'Show log' }).last().waitFor();
    await frame.getByRole('button', { name: 'Restart', exact: true }).click();
    await frame.locator('#engine[data-status=ready]').waitFor();
    await rests();
    assert.equal(await alert.innerText(), '');
    await block(frame, 'conv1').waitFor();
    await assertPlace('conv3');
  });

  it('to nothing, once it is to be forgotten', async () => {
    await runCommand(page, 'AlexNet: Start Over');
    frame = await panelFrame(page, '.empty');
    await frame.getByText('No picture yet').waitFor();
    assert.equal(await frame.locator('.details-pane').isVisible(), false);
    assert.equal(await explorerRow(page, 'comes-back').count(), 1);
  });
});

interface Renewal {
  readonly maps: number;
  readonly said: string;
  /** The tab of the details that is on top. */
  readonly details: string;
}

/** Notes how the panel looks whenever a new result is awaited in place of the one on screen. */
async function watchRenewals(frame: Frame): Promise<() => Promise<readonly Renewal[]>> {
  const notes = await frame.evaluateHandle(() => {
    const seen: Renewal[] = [];
    const pane = document.querySelector('.graph-pane')!;
    let wasBusy = false;
    new MutationObserver(() => {
      const isBusy = pane.getAttribute('aria-busy') === 'true';
      // What the page draws with it is there by the end of the task.
      if (isBusy && !wasBusy)
        setTimeout(() =>
          seen.push({
            maps: document.querySelectorAll('.graph-pane.old image.map').length,
            said: document.querySelector('.picture-note')!.textContent,
            details: document
              .querySelector('.details-pane [role=tab][aria-selected=true]')!
              .id.replace('tab-', ''),
          }),
        );
      wasBusy = isBusy;
    }).observe(pane, { attributes: true });
    return seen;
  });
  return () => notes.jsonValue();
}

/** Notes every state of the engine that the header shows. */
async function watchEngine(frame: Frame): Promise<() => Promise<readonly string[]>> {
  const notes = await frame.evaluateHandle(() => {
    const seen: string[] = [];
    const button = document.querySelector<HTMLElement>('#engine')!;
    new MutationObserver(() => seen.push(button.dataset['status'] ?? '')).observe(button, {
      attributes: true,
    });
    return seen;
  });
  return () => notes.jsonValue();
}

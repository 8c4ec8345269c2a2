import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { dressPanel, openDetails, openPanel, setPanelWidth } from '../support/panel';
import { classify, selectInExplorer, takeInExplorer } from '../support/panelPictures';
import { screenshotPanel } from '../support/screenshotPanel';
import type { Theme } from '../support/userSettings';
import { waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

const narrow = 600;
const methods = 15;
const picture = 'golf-ball.jpg';
const several = ['cassette-player.jpg', 'church.jpg', 'gas-pump.jpg', 'parachute.jpg'] as const;
/** What is looked at of a layer, and what says that it is there. */
const sides = [
  { tab: 'channels', layer: 'conv3', drawn: '.tile-stage[aria-label^="conv3:"]' },
  {
    tab: 'weights',
    layer: 'conv1',
    drawn: '.details-body.weights svg, .details-body.weights canvas',
  },
  { tab: 'values', layer: 'conv3', drawn: '.explanation[data-value^="conv3 "]' },
] as const;

/** Takes the pictures of docs anew, to be looked at. */
describe('pictures of the panel', () => {
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench({
      width: 1440,
      height: 900,
      settings: { 'alexnet.weights': 'shipped' },
    });
    await openPanel(page);
    // The first run of an engine is slow: the pictures show the times of the second.
    await classify(page, 'parachute.jpg');
    frame = await classify(page, picture);
    await openDetails(frame, 'conv2');
  });
  after(() => closeWorkbench(page));

  const toggleSideBar = (): Promise<number> =>
    runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  const takePanel = async (name: string): Promise<void> =>
    writeFile(join('docs', `${name}.png`), await screenshotPanel(page, frame));

  it('show it in every theme', async () => {
    await toggleSideBar();
    await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
    await takeThemes('panel', ['light', 'high-contrast', 'dark']);
  });

  it('show it narrow', async () => {
    const wide = await frame.evaluate(() => innerWidth);
    await setPanelWidth(page, frame, narrow);
    await takePanel('panel-narrow');
    await setPanelWidth(page, frame, wide);
  });

  for (const theme of ['dark', 'light'] satisfies Theme[]) {
    it(`show every side of a layer, in ${theme}`, async () => {
      await dressPanel(page, frame, theme);
      for (const { tab, layer, drawn } of sides) {
        await openDetails(frame, layer);
        await frame.locator(`#tab-${tab}`).click();
        await frame.locator(drawn).first().waitFor();
        await takePanel(`${tab}-${theme}`);
      }
    });
  }

  it('show why it is a golf ball', async () => {
    await closeDetails();
    await frame.getByRole('button', { name: 'Why? golf ball' }).click();
    const answer = frame.locator('.explain-answer:not(.explain-old) dl');
    await answer.waitFor();
    await takeThemes('explain', ['light', 'dark']);
    await frame.getByRole('button', { name: 'Compare methods' }).click();
    for (let done = 0; done < methods;) done = await moreDone(done);
    await frame.locator('.explain-methods').evaluate((part) => part.scrollIntoView());
    await takeThemes('methods', ['dark', 'light']);
    await frame.getByRole('button', { name: 'Randomise layers' }).click();
    await frame.getByRole('button', { name: 'Stop' }).waitFor();
    await frame.getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden' });
    await frame.locator('.explain-sanity').evaluate((part) => part.scrollIntoView());
    await takeThemes('trust', ['light', 'dark']);
    await frame.locator('svg.graph, .explain-scroll').last().press('w');
    await frame.getByRole('button', { name: 'Grad-CAM' }).click();
    await frame.locator('.cam-note', { hasText: 'for golf ball' }).waitFor();
    await takeThemes('layers', ['light', 'dark']);
    await frame.getByRole('button', { name: 'mean' }).click();
  });

  it('show a run as it would have been', async () => {
    await frame.getByRole('button', { name: 'Erase parts…' }).click();
    const { x, y, width, height } = (await frame.locator('.eraser-stage').boundingBox())!;
    await page.mouse.move(x + width * 0.38, y + height * 0.4);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.62, y + height * 0.42, { steps: 6 });
    await page.mouse.up();
    await frame.locator('.change-shift', { hasText: ' → ' }).waitFor();
    await takeThemes('what-if', ['light', 'dark']);
    await frame.getByRole('button', { name: 'Reset' }).click();
    await frame.getByRole('button', { name: 'Back to the map' }).click();
    await frame.locator('svg.graph, .explain-scroll').last().press('w');
  });

  it('show what a channel likes', async () => {
    const details = await openDetails(frame, 'conv3');
    await details.getByRole('tab', { name: 'Likes' }).click();
    await details.getByRole('button', { name: 'Make a picture' }).click();
    await details.getByText(/^128 steps: from/).waitFor();
    await takeThemes('likes', ['light', 'dark']);
    await closeDetails();
  });

  it('show two pictures side by side', async () => {
    await inExplorer('AlexNet: Compare Images', 'still-life.jpg');
    await frame.locator('.compare-table').waitFor();
    await takeThemes('compare', ['light', 'dark']);
    await frame.locator('.compare-table tr[data-row=conv2] button').click();
    await frame.locator('#tab-difference').click();
    await frame.locator('.difference .tile-stage').waitFor();
    await takeThemes('difference', ['dark', 'light']);
    await frame.getByRole('button', { name: 'End comparison' }).click();
  });

  it('show several pictures', async () => {
    await closeDetails();
    await inExplorer('AlexNet: Classify Image', ...several);
    await frame
      .locator('.strip-option img')
      .nth(several.length - 1)
      .waitFor();
    await takeThemes('strip', ['light', 'dark']);
    await frame.getByRole('button', { name: 'Results as a table (r)' }).click();
    await frame.locator('.results-pane tbody [data-id]').first().waitFor();
    await takeThemes('results', ['dark', 'light']);
  });

  /** How many methods are worked out, once it is more than before. */
  async function moreDone(before: number): Promise<number> {
    let done = before;
    await waitUntil('one more method', async () => {
      const words = await frame.locator('.explain-methods-head').first().innerText();
      done = Number(/(\d+) of \d+ done/.exec(words)?.[1] ?? 0);
      return done > before;
    });
    return done;
  }

  async function takeThemes(name: string, themes: readonly Theme[]): Promise<void> {
    for (const theme of themes) {
      await dressPanel(page, frame, theme);
      await takePanel(`${name}-${theme}`);
    }
  }

  /** Takes a command on the first picture and others from the Explorer, which is in sight only meanwhile. */
  async function inExplorer(title: string, ...others: readonly string[]): Promise<void> {
    await toggleSideBar();
    await selectInExplorer(page, [picture, ...others]);
    await takeInExplorer(page, picture, title);
    await toggleSideBar();
    await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
    await frame.locator('.work.idle').waitFor({ state: 'attached' });
  }

  async function closeDetails(): Promise<void> {
    const close = frame.getByRole('button', { name: 'Close details' });
    if (await close.isVisible()) await close.click();
  }
});

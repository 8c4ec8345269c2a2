import type { Frame, Page } from 'playwright-core';
import { classify, explorerMenu, shownRun } from '../support/panelPictures';
import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';
import { markWay, partsOfWay, rowsOf } from './pageMarks';
import { writeMeasures } from './writeMeasures';

const runs = 15;

const starts = 5;
const settleMs = 3_000;
const menuSettleMs = 500;
const warmUps = 4;

describe("VS Code's own account", function () {
  this.timeout(300_000);

  it('of how long activation takes is read from "Running Extensions"', async () => {
    const milliseconds: number[] = [];
    for (let i = 0; i < starts; i++) {
      const page = await openWorkbench();
      // While VS Code's own extensions start, every activation waits for the others.
      await page.waitForTimeout(settleMs);
      await runCommand(page, 'AlexNet: Show Architecture');
      await panelFrame(page, '[data-layer=fc8]');
      await runCommand(page, 'Developer: Show Running Extensions');
      const rows = page.locator('.runtime-extensions-editor .monaco-list-row');
      const own = rows.filter({ hasText: 'AlexNet Inspector' });
      await rows.first().hover();
      // The list draws only what is in sight, the slowest first.
      while ((await own.count()) === 0) {
        await page.mouse.wheel(0, 200);
        await page.waitForTimeout(50);
      }
      const text = (await own.textContent()) ?? '';
      milliseconds.push(Number(/Activation: (\d+)ms/.exec(text)?.[1]));
      await closeWorkbench(page);
    }
    writeMeasures('VS Code', [{ name: 'activate(), as VS Code counts it', values: milliseconds }]);
  });
});

describe('the panel', function () {
  this.timeout(300_000);

  it('is measured from the command to the painted graph', async () => {
    const page = await openWorkbench();
    const milliseconds: number[] = [];
    for (let i = 0; i < runs + 1; i++) {
      const start = await runCommand(page, 'AlexNet: Show Architecture');
      const frame = await panelFrame(page, '[data-layer=fc8]');
      await painted(frame);
      milliseconds.push(Date.now() - start);
      await runCommand(page, 'View: Close All Editors');
      await page.waitForFunction(() => document.querySelectorAll('iframe.webview').length === 0);
    }
    writeMeasures('panel', [{ name: 'command to painted graph', values: milliseconds.slice(1) }]);
    await closeWorkbench(page);
  });

  it("is measured from a click in a picture's menu to its painted heatmaps", async () => {
    const page = await openWorkbench({ width: 1600 });
    const values: number[] = [];
    const parts: Readonly<Record<string, number>>[] = [];
    for (let i = 0; i < runs + warmUps; i++) {
      const name = i % 2 === 0 ? 'still-life.jpg' : 'cat.jpg';
      // The first times teach VS Code the menu, and warm the engine.
      if (i < warmUps) await classify(page, name);
      else {
        const { milliseconds, way } = await timeClassify(page, name);
        values.push(milliseconds);
        parts.push(way);
      }
    }
    const name = 'picture to painted heatmaps, warm';
    writeMeasures('panel', [{ name, values }, ...rowsOf(parts, name)]);
    await closeWorkbench(page);
  });
});

async function timeClassify(
  page: Page,
  name: string,
): Promise<{ readonly milliseconds: number; readonly way: Readonly<Record<string, number>> }> {
  await markWay(await panelFrame(page, '.picture-pane'));
  const items = await explorerMenu(page, name);
  const item = items.filter({ hasText: 'AlexNet: Classify Image' });
  // A menu takes no click in its first moments.
  await page.waitForTimeout(menuSettleMs);
  const clicked = Date.now();
  await item.click();
  const frame = await shownRun(page, name);
  await painted(frame);
  const now = Date.now();
  const way = await partsOfWay(frame, { clicked, painted: now });
  return { milliseconds: now - clicked, way };
}

/** Two frames: the one that draws, and the one that follows when it is on the screen. */
async function painted(frame: Frame): Promise<void> {
  await frame.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

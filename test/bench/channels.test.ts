import type { Frame, Page } from 'playwright-core';
import { openChannels, timeTiles } from '../support/channels';
import { classify } from '../support/panelPictures';
import { closeWorkbench, openWorkbench } from '../support/workbench';
import { writeMeasures } from './writeMeasures';

const runs = 15;
const steps = 60;

/** Milliseconds between the page's frames while something is done to it. */
async function frameTimes(frame: Frame, act: () => Promise<void>): Promise<readonly number[]> {
  const notes = await frame.evaluateHandle(() => {
    const times: number[] = [];
    let last: number | undefined;
    const note = (now: number): void => {
      if (last !== undefined) times.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    return times;
  });
  await act();
  return notes.evaluate((times) => [...times]);
}

describe('the activation explorer', function () {
  this.timeout(300_000);
  let page: Page;
  let frame: Frame;

  before(async () => {
    page = await openWorkbench({ width: 1600, height: 900 });
    frame = await classify(page, 'still-life.jpg');
  });
  after(() => closeWorkbench(page));

  it('is measured from a click on a layer to its painted tiles, fetched and warm', async () => {
    await openChannels(frame, 'pool5');
    const fetched = [await timeTiles(frame, 'conv3'), await timeTiles(frame, 'conv1')];
    const tiles: Record<'conv3' | 'conv1', number[]> = { conv3: [], conv1: [] };
    for (let i = 0; i < runs; i++) {
      for (const layer of ['conv3', 'conv1'] as const) {
        tiles[layer].push(await timeTiles(frame, layer));
      }
    }
    writeMeasures('channels', [
      { name: 'click to painted tiles, fetched from the engine', values: fetched },
      { name: '384 tiles of 13 × 13, warm', values: tiles.conv3 },
      { name: '96 tiles of 56 × 56, warm', values: tiles.conv1 },
    ]);
    await page.keyboard.press('Escape');
  });

  it('is measured frame by frame while the graph with all heatmaps is panned and zoomed', async () => {
    const { x, y, width, height } = (await frame.locator('svg.graph').boundingBox())!;
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    await page.mouse.move(middleX, middleY);
    const zoom = await frameTimes(frame, async () => {
      for (let i = 0; i < steps; i++) await page.mouse.wheel(0, i < steps / 2 ? -60 : 60);
    });
    await page.mouse.wheel(0, -400);
    await page.mouse.move(x + width - 12, y + 12);
    await page.mouse.down();
    const pan = await frameTimes(frame, async () => {
      for (let i = 0; i < steps; i++) await page.mouse.move(x + width - 12 - 3 * i, y + 12 + 3 * i);
    });
    await page.mouse.up();
    writeMeasures('graph with all heatmaps', [
      { name: 'frame of a pan', values: pan },
      { name: 'frame of a zoom', values: zoom },
    ]);
  });
});

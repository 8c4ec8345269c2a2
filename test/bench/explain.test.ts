import type { Frame } from 'playwright-core';
import { classify } from '../support/panelPictures';
import { openPanel } from '../support/panel';
import { closeWorkbench, openWorkbench } from '../support/workbench';
import { writeMeasures } from './writeMeasures';

const runs = 15;
const warmUps = 3;

describe('why', function () {
  this.timeout(300_000);

  it('is measured from a click on "Why?" to its painted map, of a picture not asked about before', async () => {
    const page = await openWorkbench({ width: 1600, settings: { 'alexnet.weights': 'shipped' } });
    await openPanel(page);
    const values: number[] = [];
    for (let i = 0; i < runs + warmUps; i++) {
      const frame = await classify(page, i % 2 === 0 ? 'still-life.jpg' : 'cat.jpg');
      const milliseconds = await timeWhy(frame);
      if (i >= warmUps) values.push(milliseconds);
      await frame.getByRole('button', { name: 'Explain' }).click();
      await frame.locator('svg.graph').waitFor();
    }
    writeMeasures('panel', [{ name: 'click on Why? to painted Grad-CAM, warm', values }]);
    await closeWorkbench(page);
  });
});

/** Within the page, so that nothing but the page and what it asks is timed; until the frame that draws has ended. */
async function timeWhy(frame: Frame): Promise<number> {
  const why = frame.getByRole('button', { name: /^Why\?/ }).first();
  await why.waitFor();
  return why.evaluate(async (button: HTMLElement) => {
    const frameEnd = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    const start = performance.now();
    button.click();
    while (!document.querySelector('.explain-answer:not(.explain-old) dl')) await frameEnd();
    await frameEnd();
    return performance.now() - start;
  });
}

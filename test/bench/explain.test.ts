import type { Frame } from 'playwright-core';
import { classify } from '../support/panelPictures';
import { openPanel } from '../support/panel';
import { closeWorkbench, openWorkbench } from '../support/workbench';
import { writeMeasures } from './writeMeasures';

const runs = 30;
const warmUps = 4;
/** From when a hand arrives at a button to its click. */
const reachMs = 200;

describe('why', function () {
  this.timeout(300_000);

  it('is measured from a click on "Why?" to its painted map, of a picture not asked about before', async () => {
    const page = await openWorkbench({ width: 1600, settings: { 'alexnet.weights': 'shipped' } });
    await openPanel(page);
    const [near, far]: [number[], number[]] = [[], []];
    for (let i = 0; i < runs + warmUps; i++) {
      const frame = await classify(page, i % 2 === 0 ? 'still-life.jpg' : 'cat.jpg');
      const milliseconds = await timeWhy(frame, { near: i % 4 < 2 });
      if (i >= warmUps) (i % 4 < 2 ? near : far).push(milliseconds);
      await frame.getByRole('button', { name: 'Explain' }).click();
      await frame.locator('svg.graph').waitFor();
    }
    writeMeasures('panel', [
      { name: 'click on Why? to painted Grad-CAM, the pointer there for 0.2 s', values: near },
      { name: 'the same, nobody near before', values: far },
    ]);
    await closeWorkbench(page);
  });
});

/** Within the page, so that nothing but the page and what it asks is timed; until the frame that draws has ended. */
async function timeWhy(frame: Frame, { near }: { readonly near: boolean }): Promise<number> {
  const why = frame.getByRole('button', { name: /^Why\?/ }).first();
  await why.waitFor();
  if (near) await why.dispatchEvent('pointerenter');
  await frame.page().waitForTimeout(reachMs);
  return why.evaluate(async (button: HTMLElement) => {
    const frameEnd = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    const start = performance.now();
    button.click();
    while (!document.querySelector('.explain-answer:not(.explain-old) dl')) await frameEnd();
    await frameEnd();
    return performance.now() - start;
  });
}

import { closeWorkbench, openWorkbench, panelFrame, runCommand } from '../support/workbench';
import { writeMeasures } from './writeMeasures';

const runs = 15;

describe('the panel', function () {
  this.timeout(300_000);

  it('is measured from the command to the painted graph', async () => {
    const page = await openWorkbench();
    const milliseconds: number[] = [];
    for (let i = 0; i < runs + 1; i++) {
      const start = await runCommand(page, 'AlexNet: Show Architecture');
      const frame = await panelFrame(page, '[data-layer=fc8]');
      // Two frames: the one that draws, and the one that follows when it is on the screen.
      await frame.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      milliseconds.push(Date.now() - start);
      await runCommand(page, 'View: Close All Editors');
      await page.waitForFunction(() => document.querySelectorAll('iframe.webview').length === 0);
    }
    writeMeasures('panel', [
      { name: 'command to painted graph', milliseconds: milliseconds.slice(1) },
    ]);
    await closeWorkbench(page);
  });
});

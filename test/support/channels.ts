import type { Frame } from 'playwright-core';
import { block, openDetails } from './panel';

/** Opens the details of a layer on its channels. */
export async function openChannels(frame: Frame, layer: string): Promise<void> {
  await openDetails(frame, layer);
  await frame.locator('#tab-channels').click();
  await frame.locator(`.tile-stage[aria-label^="${layer}:"]`).waitFor();
}

/** Clicks a layer's block; milliseconds until its tiles are painted, as the page itself measures them. */
export async function timeTiles(frame: Frame, layer: string): Promise<number> {
  return block(frame, layer)
    .locator('.face')
    .evaluate(
      (target, name) =>
        new Promise<number>((done) => {
          const start = performance.now();
          target.dispatchEvent(new MouseEvent('click', { bubbles: true }));
          const look = (): void => {
            const stage = document.querySelector('.channels:not([aria-busy=true]) .tile-stage');
            const drawn = stage?.getAttribute('aria-label')?.startsWith(`${name}:`);
            if (!drawn) requestAnimationFrame(look);
            // A task after a frame runs when the frame is painted.
            else requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
          };
          look();
        }),
      layer,
    );
}

import { readFile } from 'node:fs/promises';
import { type AlexNetId } from '../../src/library/alexNets';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { Tensor } from '../../src/protocol/engineProtocol';
import { environment } from './environment';
import { nativeAddon } from './nativeAddon';
import { block, openDetails } from './panel';
import { startEngine } from './startedEngine';

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

/** What the engine itself says of a sample picture, asked in a process of its own. */
export async function engineActivations(
  variant: AlexNetId,
  picture: string,
  layers: readonly string[],
): Promise<ReadonlyMap<string, Tensor>> {
  const engine = await startEngine({ backend: 'auto', addonPath: nativeAddon() });
  try {
    await engine.loadRandom(variant);
    const bytes = await readFile(join(environment('ALEXNET_TEST_WORKSPACE'), picture));
    await engine.classify(variant, 1, bytes);
    const tensors = new Map<string, Tensor>();
    for (const layer of layers) {
      tensors.set(layer, await engine.rpc.call('activation', { runId: 1, layer }));
    }
    return tensors;
  } finally {
    engine.stop();
  }
}

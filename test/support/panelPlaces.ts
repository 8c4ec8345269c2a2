import type { Frame } from 'playwright-core';
import { waitUntil } from './waiting';

/** Where the parts of the page and the graph's blocks stand. */
export function places(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    const parts = '.header, .picture-row, .graph-pane, .foot, [data-layer]';
    const rects = [...document.querySelectorAll(parts)].map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(' ');
    });
    return rects.join('\n');
  });
}

/** The same once two frames have moved nothing: a page draws its new width a moment after it has it. */
export async function placesAtRest(frame: Frame): Promise<string> {
  let last = '';
  await waitUntil('a page at rest', async () => {
    const before = last;
    await frame.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    last = await places(frame);
    return last === before;
  });
  return last;
}

import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';

/** A blank panel of this size has far fewer. */
const bytesOfSomething = 40_000;

/** The panel as it is painted, as PNG, without a hover card; asserts that there is something on it. */
export async function screenshotPanel(page: Page, frame: Frame): Promise<Buffer> {
  await page.mouse.move(0, 0);
  const png = await (await frame.frameElement()).screenshot();
  assert.ok(png.length > bytesOfSomething, `a picture of only ${png.length} bytes`);
  return png;
}

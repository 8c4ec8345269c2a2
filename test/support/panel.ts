import type { Frame, Locator, Page } from 'playwright-core';
import { type AlexNetId, alexNets } from '../../src/library/alexNets';
import { summarize, type LayerSummary } from '../../src/network/summary';
import type { Theme } from './userSettings';
import { eventually } from './waiting';
import { chooseTheme, panelFrame } from './workbench';

/**
 * Opens the panel by its command, or brings it to the front, and waits for its page. By a key of the tests' own extension:
 * the palette lists all of VS Code's commands at each letter.
 */
export async function openPanel(page: Page): Promise<Frame> {
  await eventually('the panel', async (timeout) => {
    await page.keyboard.press('Control+Alt+F9');
    await panelTab(page).and(page.locator('[aria-selected=true]')).waitFor({ timeout });
  });
  return panelFrame(page, '[data-layer]');
}

/** The panel's tab, which says the picture or the network; the activity bar has one of that name too. */
export function panelTab(page: Page): Locator {
  return page.locator('.part.editor').getByRole('tab', { name: 'AlexNet' });
}

/** The layers of a variant, computed from the network itself. */
export function layersOf(variant: AlexNetId): readonly LayerSummary[] {
  return summarize(alexNets[variant].network).layers;
}

/** The accessible name that the design gives a layer's block. */
export function blockName({ name, kind, outputShape, parameters }: LayerSummary): string {
  const shape = outputShape.map(grouped).join(' × ');
  return `${name}, ${kind}, output ${shape}, ${grouped(parameters)} parameters`;
}

/** `34,944`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

export function block(frame: Frame, layer: string): Locator {
  return frame.locator(`[data-layer="${layer}"]`);
}

/** Accessible names of all blocks, in the page's order. */
export function blockNames(frame: Frame): Promise<readonly string[]> {
  return frame
    .locator('svg.graph [data-layer][role=button]')
    .evaluateAll((blocks) => blocks.map((each) => each.getAttribute('aria-label') ?? ''));
}

/** Clicks a layer's block and waits for its details. */
export async function openDetails(frame: Frame, layer: string): Promise<Locator> {
  await scrollToBlock(frame, layer);
  await block(frame, layer).locator('.face').click();
  await frame.locator('#details-title', { hasText: layer }).waitFor();
  return frame.locator('.details-pane');
}

/**
 * Fits the graph to its pane, and where it goes beyond it, turns the wheel until a block is in sight: elsewhere the wheel
 * would zoom.
 */
export async function scrollToBlock(frame: Frame, layer: string): Promise<void> {
  const page = frame.page();
  let isFitted = false;
  await eventually(`${layer} in sight`, async () => {
    const face = (await block(frame, layer).locator('.face').boundingBox())!;
    const pane = (await frame.locator('svg.graph').boundingBox())!;
    const sheet = await frame.locator('[data-details=sheet] .details-pane').first().isVisible();
    const cover = sheet ? await frame.locator('.details-pane').boundingBox() : null;
    const bottom = Math.min(pane.y + pane.height, cover?.y ?? Infinity);
    const middle = { x: face.x + face.width / 2, y: face.y + face.height / 2 };
    const isSeen =
      middle.x > pane.x && middle.x < pane.x + pane.width && middle.y > pane.y && middle.y < bottom;
    if (isSeen) return;
    if (!isFitted) {
      await frame.locator('svg.graph').press('f');
      isFitted = true;
      throw new Error('not looked at since it was fitted');
    }
    const [x, y] = [pane.x + pane.width / 2, (pane.y + bottom) / 2];
    await page.mouse.move(x, y);
    await page.mouse.wheel(middle.x - x, middle.y - y);
    throw new Error(`at ${middle.x}, ${middle.y}`);
  });
}

/** What the person would call the element that has the keyboard. */
export function focusedName(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    const { activeElement: focused } = document;
    if (!focused || focused === document.body) return '';
    const titled = document.getElementById(focused.getAttribute('aria-labelledby') ?? '');
    const name = focused.getAttribute('aria-label') ?? titled?.textContent;
    return name ?? (focused.id || focused.textContent);
  });
}

/** Where the graph stands: the transform of its world. */
export async function graphTransform(frame: Frame): Promise<string> {
  return (await frame.locator('svg.graph .world').getAttribute('transform')) ?? '';
}

/** Makes the window as wide as it takes to give the panel this width. */
export async function setPanelWidth(page: Page, frame: Frame, width: number): Promise<void> {
  // VS Code gives a part of what a window gains or loses to its side bar, if that was squeezed before.
  await eventually(`a panel of ${width} pixels`, async (timeout) => {
    const { width: window, height } = page.viewportSize()!;
    const now = await frame.evaluate(() => innerWidth);
    await page.setViewportSize({ width: window + width - now, height });
    await frame.waitForFunction((wanted) => innerWidth === wanted, width, { timeout });
  });
}

/** Notes which parts of its state the host sends from now on. */
export async function watchHost(frame: Frame): Promise<() => Promise<readonly string[]>> {
  const notes = await frame.evaluateHandle(() => {
    const parts: string[] = [];
    addEventListener('message', ({ data }: MessageEvent<{ params?: { change?: object } }>) => {
      parts.push(...Object.keys(data.params?.change ?? {}));
    });
    return parts;
  });
  return () => notes.jsonValue();
}

/** Changes the colour theme, and waits until the panel's page wears it. */
export async function dressPanel(page: Page, frame: Frame, theme: Theme): Promise<void> {
  await chooseTheme(page, theme);
  await frame.locator(`body.vscode-${theme}`).waitFor();
}

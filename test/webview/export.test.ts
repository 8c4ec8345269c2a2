import { readFile, rm } from 'node:fs/promises';
import { alexNets } from '../../src/library/alexNets';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { decodePicture } from '../../src/imaging/decodePicture';
import { tileLayout, tileRect } from '../../src/webview/draw/tileLayout';
import { channelOrder } from '../../src/webview/draw/channelOrder';
import { channelScale } from '../../src/webview/draw/channelScale';
import { isDead, layerStats, valueAt, type LayerStats } from '../../src/webview/draw/channelStats';
import { colourOf, colourTable } from '../../src/webview/draw/colourMap';
import { firstChannelView } from '../../src/webview/state/viewState';
import { fileSource } from '../../src/files/bytes/byteSource';
import { readNpyHeader } from '../../src/files/containers/npy';
import { readSafetensorsHeader } from '../../src/files/formats/safetensors';
import { environment } from '../support/environment';
import { axeViolations } from '../support/panelAxe';
import { focusedName, layersOf, openDetails } from '../support/panel';
import { classify } from '../support/panelPictures';
import { answerSaveDialogue } from '../support/saveDialogue';
import { firstTheme, themes, type Theme } from '../support/userSettings';
import { eventually } from '../support/waiting';
import { chooseTheme, closeWorkbench, openWorkbench } from '../support/workbench';

import assert from 'node:assert/strict';

const graphItems = [
  ...['Graph as SVG…', 'Graph as PNG…', 'Layer table as CSV, Markdown or JSON…'],
  ...['Network as PyTorch code…', 'Network as Keras code…', 'Network as TensorFlow.js code…'],
  'Network as JSON…',
];
const sheet = { width: 2048, height: 2048 };
const layer = 'conv2';
const [rows, columns, channels] = layersOf('keras').find(({ name }) => name === layer)!
  .outputShape as [number, number, number];

describe('exporting from the panel', () => {
  let page: Page;
  let frame: Frame;
  let stats: LayerStats;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await classify(page, 'still-life.jpg');
  });
  after(() => closeWorkbench(page));

  /** Opens the menu by keyboard alone; gives what it offers. */
  async function openMenu(): Promise<readonly string[]> {
    // What has the focus of a page that lost the keyboard would not take it again.
    await frame.locator('.picture-pane .file').click();
    await frame.locator('#export').focus();
    await page.keyboard.press('Enter');
    await frame.getByRole('menu', { name: 'Export' }).waitFor();
    return frame.getByRole('menuitem').allInnerTexts();
  }

  /** Walks to an item, answers VS Code's question for the place, and gives what was written. */
  async function exported(item: string, file: string): Promise<Buffer> {
    const items = await openMenu();
    const index = items.indexOf(item);
    assert.ok(index >= 0, `the menu lacks "${item}":\n${items.join('\n')}`);
    for (let step = 0; step < index; step++) await page.keyboard.press('ArrowDown');
    assert.equal(await focusedName(frame), item);
    await page.keyboard.press('Enter');
    const path = join(environment('ALEXNET_TEST_WORKSPACE'), file);
    await answerSaveDialogue(page, /Export/, path);
    const bytes = await eventually(path, () => readFile(path));
    const toast = page.locator('.notification-toast').filter({ hasText: `Saved ${file}.` });
    await toast.getByRole('button', { name: 'Open' }).waitFor();
    // Not before VS Code has said so: it looks at what it moved into place.
    await rm(path);
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'hidden' });
    return bytes;
  }

  it('offers what applies: the graph and the table, and what the selected layer saw', async () => {
    assert.deepEqual(await openMenu(), graphItems);
    await page.keyboard.press('End');
    assert.equal(await focusedName(frame), graphItems.at(-1));
    await page.keyboard.press('Home');
    assert.equal(await focusedName(frame), graphItems[0]);
    await page.keyboard.press('Escape');
    await frame.getByRole('menu', { name: 'Export' }).waitFor({ state: 'hidden' });
    assert.equal(await frame.evaluate(() => document.activeElement?.id), 'export');
    await openDetails(frame, layer);
    const items = await openMenu();
    const [strongest] = items.flatMap((item) => /channel \d+/.exec(item) ?? []);
    assert.deepEqual(items, [
      `${layer}, mean of ${channels} channels, as PNG…`,
      `${layer}, ${strongest}, as PNG…`,
      `${layer}, ${strongest}, as .npy or JSON…`,
      `${layer}, all ${channels} channels, as PNG…`,
      `${layer}, all values, as .npy or JSON…`,
      ...graphItems,
    ]);
    await page.keyboard.press('Escape');
  });

  it('a layer as .npy, by keyboard', async () => {
    const file = await exported(`${layer}, all values, as .npy or JSON…`, 'layer.npy');
    const { shape, dataStart } = readNpyHeader(file, 'layer.npy');
    assert.deepEqual(shape, [rows, columns, channels]);
    const data = new Float32Array(Uint8Array.from(file.subarray(dataStart)).buffer);
    stats = layerStats({ shape, data });
    assert.ok(stats.max > 0);
  });

  /** Whether every pixel of a square has the colour of its cell. */
  function assertTile(
    picture: { readonly rgb: Uint8Array; readonly width: number },
    { left, top, factor, channel }: Record<'left' | 'top' | 'factor' | 'channel', number>,
  ): void {
    const { kind, reach } = channelScale(stats, 'shared', 0);
    const table = colourTable('inferno', kind);
    for (let y = 0; y < rows * factor; y++) {
      for (let x = 0; x < columns * factor; x++) {
        const value = valueAt(stats.maps, channel, Math.floor(y / factor), Math.floor(x / factor));
        const at = 3 * ((top + y) * picture.width + left + x);
        const [red = 0, green = 0, blue = 0] = picture.rgb.subarray(at, at + 3);
        const pixel = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
        assert.equal(
          pixel,
          colourOf(table, value, reach[channel]!),
          `channel ${channel} ${x} ${y}`,
        );
      }
    }
  }

  it("a channel as PNG: every pixel is the scale's colour of the engine's value", async () => {
    const [channel] = channelOrder(stats, 'energy');
    const file = await exported(`${layer}, channel ${channel}, as PNG…`, 'channel.png');
    const picture = await decodePicture(file, '');
    const factor = Math.floor(1024 / columns);
    assert.deepEqual([picture.width, picture.height], [columns * factor, rows * factor]);
    assertTile(picture, { left: 0, top: 0, factor, channel: channel! });
  });

  it('all channels as PNG: tiles of true cells, each of whole pixels', async () => {
    const file = await exported(`${layer}, all ${channels} channels, as PNG…`, 'sheet.png');
    const picture = await decodePicture(file, '');
    const layout = tileLayout({ count: channels, cells: { rows, columns } }, sheet);
    assert.deepEqual([picture.width, picture.height], [layout.width, layout.height]);
    const factor = layout.tile.width / columns;
    assert.ok(Number.isInteger(factor) && factor > 1, `${factor} pixels a cell`);
    const order = channelOrder(stats, firstChannelView.sort);
    const alive = order.filter((channel) => !isDead(stats, channel)).length;
    for (const slot of [0, 1, 17, alive - 1]) {
      const channel = order[slot]!;
      const { x: left, y: top } = tileRect(layout, slot);
      assertTile(picture, { left, top, factor, channel });
    }
    // The least energetic are dead, and crossed out as on screen.
    assert.ok(alive < channels);
    const { x, y } = tileRect(layout, alive);
    const corner = 3 * (y * picture.width + x);
    assert.deepEqual([...picture.rgb.subarray(corner, corner + 3)], [128, 128, 128]);
  });

  it('the graph as an SVG of its own, and as PNG of twice its size', async () => {
    const svg = (await exported('Graph as SVG…', 'graph.svg')).toString();
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.doesNotMatch(svg, /var\(|color\(|class=|<style|https?:(?!\/\/www\.w3\.org)/);
    const count = (pattern: RegExp): number => svg.match(pattern)?.length ?? 0;
    assert.equal(count(/<image [^>]*href="data:image\/png/g), layersOf('keras').length);
    for (const { name } of layersOf('keras')) assert.ok(svg.includes(`>${name}</tspan>`), name);
    assert.match(svg, /font-family="[^"]+"/);
    const [, left, right, x] =
      /M([\d.]+),[\d.]+V[\d.]+H([\d.]+)V.*?<text x="([\d.]+)"[^>]*>conv block 1</
        .exec(svg)!
        .map(Number);
    assert.ok(Math.abs(x! - (left! + right!) / 2) < 1, 'over the middle of its bracket');
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
    const png = await decodePicture(await exported('Graph as PNG…', 'graph.png'), '');
    assert.deepEqual([png.width, png.height], [Math.ceil(2 * width!), Math.ceil(2 * height!)]);
    const colours = new Set(Array.from({ length: 5_000 }, (_, i) => png.rgb[i * 997]));
    assert.ok(colours.size > 20, `only ${colours.size} tones`);
    const colouring = frame.getByLabel('Colour by');
    await colouring.selectOption('macs');
    const coloured = (await exported('Graph as SVG…', 'by-macs.svg')).toString();
    for (const words of ['multiply-adds', '447.9 M'])
      assert.ok(coloured.includes(`>${words}<`), words);
    assert.doesNotMatch(coloured, /var\(|color\(|color-mix/);
    await colouring.selectOption('kind');
  });

  it('the layer table with the times of the run', async () => {
    const table = await exported(graphItems[2]!, 'table.csv');
    const [head, ...lines] = table.toString().trimEnd().split('\n');
    assert.match(head!, /,ms$/);
    assert.equal(lines.length, layersOf('keras').length);
  });

  it('the weights, from their own menu', async () => {
    await frame.locator('#weights').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    for (let above = 0; above < 2; above++) await page.keyboard.press('ArrowUp');
    assert.equal(await focusedName(frame), 'Save weights…');
    await page.keyboard.press('Enter');
    const path = join(environment('ALEXNET_TEST_WORKSPACE'), 'saved.safetensors');
    await answerSaveDialogue(page, /Save Weights/, path);
    const source = await eventually(path, () => fileSource(path));
    const { entries } = await readSafetensorsHeader(source);
    await source.close();
    await rm(path);
    assert.equal(
      entries.length,
      alexNets.keras.network.layers.flatMap((each) => each.weights).length,
    );
  });

  it('gives axe nothing to object to while the menu is open', async () => {
    for (const theme of Object.keys(themes) as Theme[]) {
      await chooseTheme(page, theme);
      await openMenu();
      const part = theme === firstTheme ? {} : { within: '.export-popup' };
      assert.deepEqual(await axeViolations(frame, { theme, ...part }), [], theme);
      await page.keyboard.press('Escape');
    }
  });
});

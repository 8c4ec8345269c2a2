import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import { fitPlace } from '../../src/network/preprocess/fitPlace';
import { inputSize } from '../../src/network/inputShape';
import { Sight } from '../../src/network/sight';
import type { Area } from '../../src/network/tensor/span';
import { type AlexNetId, alexNets } from '../../src/library/alexNets';
import { openChannels } from '../support/channels';
import { layersOf, block, focusedName, openDetails, openPanel, watchHost } from '../support/panel';
import { axeViolations } from '../support/panelAxe';
import { classify } from '../support/panelPictures';
import { eventually } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const picture = { name: 'still-life.jpg', width: 500, height: 375 };
const manyTabs = 40;

describe('pointing at a cell or at the picture', () => {
  let page: Page;
  let frame: Frame;
  let sent: () => Promise<readonly string[]>;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    await openPanel(page);
    frame = await classify(page, picture.name);
    sent = await watchHost(frame);
  });
  after(() => closeWorkbench(page));

  const line = (): Locator => frame.locator('.probe-line');
  const preview = (): Locator => frame.locator('.preview');
  const sightOf = (variant: AlexNetId): Sight => new Sight(alexNets[variant].network);
  const says = (words: string): Promise<void> => line().filter({ hasText: words }).waitFor();

  /** Puts the pointer on a place of an element, from 0 to 1. */
  async function pointAt(target: Locator, x: number, y: number): Promise<void> {
    const { width, height } = (await target.boundingBox())!;
    await frame.locator('.legend, .foot').first().hover({ force: true });
    await target.hover({ position: { x: x * width, y: y * height }, force: true });
  }

  /** The frames on an element, as parts of it. */
  async function framesOn(surface: Locator): Promise<readonly Box[]> {
    const whole = (await surface.boundingBox())!;
    const frames = await surface.locator('.probe-frame').all();
    const boxes = await Promise.all(frames.map((each) => each.boundingBox()));
    return boxes.map((box) => ({
      x: (box!.x - whole.x) / whole.width,
      y: (box!.y - whole.y) / whole.height,
      width: box!.width / whole.width,
      height: box!.height / whole.height,
    }));
  }

  /** On screen a frame is drawn to about a pixel of a hundred. */
  function assertBox(box: Box | undefined, wanted: Box, what: string): void {
    assert.ok(box, `${what} has no frame`);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      const off = Math.abs(box[side] - wanted[side]);
      assert.ok(off < 0.02, `${what}: ${JSON.stringify(box)} is not ${JSON.stringify(wanted)}`);
    }
  }

  /** Where pixels of the input lie on the picture, as parts of it. */
  function onPicture({ rows, columns }: Area, variant: AlexNetId): Box {
    const { network, preprocess } = alexNets[variant];
    const { toPicture } = fitPlace(picture, preprocess.fit, inputSize(network));
    const from = toPicture({ x: columns.first, y: rows.first });
    const to = toPicture({ x: columns.last + 1, y: rows.last + 1 });
    return {
      x: from.x / picture.width,
      y: from.y / picture.height,
      width: (to.x - from.x) / picture.width,
      height: (to.y - from.y) / picture.height,
    };
  }

  const words = (layer: string, row: number, column: number, area: Area): string =>
    `${layer} cell ${row}, ${column} sees rows ${area.rows.first}–${area.rows.last}, ` +
    `columns ${area.columns.first}–${area.columns.last} of the input`;

  /** The marked part of a block's face, in cells of its map. */
  async function markedCells(layer: string, cells: number): Promise<readonly number[]> {
    const d = (await block(frame, layer).locator('.probe.light').getAttribute('d')) ?? '';
    const numbers = [...d.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(([text]) => Number(text));
    return numbers.slice(0, 4).map((number) => Math.round(number * cells));
  }

  /** Points at a place of the picture; the pixel of the input that the line says, a screen's pixel off at most. */
  async function pixelAt(x: number, y: number): Promise<{ row: number; column: number }> {
    await pointAt(preview(), x, y);
    await says('of the input reaches');
    const [row = NaN, column = NaN] = (await line().innerText()).match(/\d+/g)!.map(Number);
    assert.ok(Math.abs(row - y * 224) < 3 && Math.abs(column - x * 224) < 3, `${row}, ${column}`);
    return { row, column };
  }

  async function reaches(variant: AlexNetId, row: number, column: number): Promise<void> {
    const reached = sightOf(variant).cellsReachedBy(row, column);
    await says(`row ${row}, column ${column} of the input reaches `);
    for (const { name, outputShape } of layersOf(variant)) {
      if (outputShape.length !== 3) continue;
      const { rows, columns } = reached.get(name)!;
      assert.deepEqual(
        await markedCells(name, outputShape[0]!),
        [columns.first, rows.first, columns.last - columns.first + 1, rows.last - rows.first + 1],
        name,
      );
    }
  }

  it('outlines on the picture and on what went in what a cell of a small map sees', async () => {
    await pointAt(block(frame, 'conv5').locator('.face'), 3.5 / 13, 7.5 / 13);
    const area = sightOf('keras').cellSees('conv5', 7, 3)!;
    await says(words('conv5', 7, 3, area));
    const wanted = onPicture(area, 'keras');
    assertBox((await framesOn(preview()))[0], wanted, 'the picture');
    assertBox((await framesOn(frame.locator('.seen .probe-surface')))[0], wanted, 'what went in');
    assert.deepEqual(await markedCells('conv5', 13), [3, 7, 1, 1]);
    assert.equal(await line().getAttribute('aria-live'), 'off');
  });

  it('marks the cells of every map that a point of the picture reaches, and none when it is left', async () => {
    const { row, column } = await pixelAt(0.3, 0.7);
    await reaches('keras', row, column);
    await frame.locator('.foot').hover();
    await line().filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    assert.equal(await frame.locator('.probe, .probe-frame').count(), 0);
  });

  it('does the same from and on the large map', async () => {
    await openDetails(frame, 'conv4');
    const map = frame.locator('.details-pane .probe-surface');
    await pointAt(map, 0.5 / 13, 12.5 / 13);
    const area = sightOf('keras').cellSees('conv4', 12, 0)!;
    await says(words('conv4', 12, 0, area));
    assertBox((await framesOn(preview()))[0], onPicture(area, 'keras'), 'the picture');
    const { row, column } = await pixelAt(0.5, 0.5);
    await says('of conv4');
    const { rows, columns } = sightOf('keras').cellsReachedBy(row, column).get('conv4')!;
    const wanted = {
      x: columns.first / 13,
      y: rows.first / 13,
      width: (columns.last - columns.first + 1) / 13,
      height: (rows.last - rows.first + 1) / 13,
    };
    assertBox((await framesOn(map))[0], wanted, 'the large map');
    await frame.getByRole('button', { name: 'Close details' }).click();
  });

  it('shows that a unit of a dense layer sees all', async () => {
    await pointAt(block(frame, 'fc6').locator('.face'), 0.5 / 64, 2.5 / 64);
    await says('fc6 unit 128 sees rows 0–223, columns 0–223 of the input');
    assertBox((await framesOn(preview()))[0], { x: 0, y: 0, width: 1, height: 1 }, 'the picture');
  });

  it('follows the keyboard over tiles, over the large channel and over the map of the values', async () => {
    const cellOfLine = async (): Promise<[number, number]> => {
      await says('conv4 cell ');
      const [, row, column] = /cell (\d+), (\d+)/.exec(await line().innerText()) ?? [];
      return [Number(row), Number(column)];
    };
    // The line and the frames change together, a frame after the key: between two readings they may.
    const isOutlined = (what: string): Promise<void> =>
      eventually(what, async () => {
        const area = sightOf('keras').cellSees('conv4', ...(await cellOfLine()))!;
        assertBox((await framesOn(preview()))[0], onPicture(area, 'keras'), what);
      });
    await openChannels(frame, 'conv4');
    // Keys that come before the page has the keyboard go elsewhere.
    await eventually('the keys on the tiles', async (timeout) => {
      await frame.locator('.tile-stage').focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await line().filter({ hasText: 'conv4 cell ' }).waitFor({ timeout });
    });
    await isOutlined('the tile’s strongest cell');
    await page.keyboard.press('Enter');
    const [row] = await cellOfLine();
    await page.keyboard.press(row > 0 ? 'ArrowUp' : 'ArrowDown');
    await says(`conv4 cell ${row > 0 ? row - 1 : 1}, `);
    await isOutlined('the large channel’s cell');
    await frame.getByRole('tab', { name: 'Values' }).click();
    await frame.locator('.cell-map').focus();
    await page.keyboard.press('Home');
    await says(', 0 sees');
    await isOutlined('the chosen value');
    await pixelAt(0.5, 0.5);
    await says('of conv4');
    assert.equal(await frame.locator('.cell-map .probe-frame').count(), 1);
    await frame.getByRole('button', { name: 'Close details' }).click();
  });

  it('goes by keyboard: Shift and arrows on a block, arrows on the picture, said politely', async () => {
    await eventually('the focus on conv5', async () => {
      await block(frame, 'conv5').focus();
      assert.ok(await frame.evaluate(() => document.hasFocus()));
    });
    const sight = sightOf('keras');
    await page.keyboard.press('Shift+ArrowDown');
    await says(words('conv5', 6, 6, sight.cellSees('conv5', 6, 6)!));
    await page.keyboard.press('Shift+ArrowRight');
    const area = sight.cellSees('conv5', 6, 7)!;
    await says(words('conv5', 6, 7, area));
    assert.equal(await line().getAttribute('aria-live'), 'polite');
    assertBox((await framesOn(preview()))[0], onPicture(area, 'keras'), 'the picture');
    for (let tabs = 0; !(await focusedName(frame)).startsWith('The picture:'); tabs++) {
      assert.ok(tabs < manyTabs, 'Tab does not reach the picture');
      await page.keyboard.press('Tab');
    }
    await reaches('keras', 112, 112);
    await page.keyboard.press('ArrowLeft');
    await reaches('keras', 112, 104);
    await page.keyboard.press('Shift+ArrowUp');
    await reaches('keras', 111, 104);
    assert.deepEqual(await axeViolations(frame), []);
  });

  it('runs nothing for it', async () => {
    const changes = await sent();
    assert.deepEqual(
      changes.filter((part) => part === 'run' || part === 'work'),
      [],
    );
  });

  it('goes through the crop of a variant that crops', async () => {
    await frame.locator('#variant').selectOption('torchvision');
    await block(frame, 'avgpool').waitFor();
    frame = await classify(page, picture.name);
    await frame.locator('.graph-pane:not(.old)').waitFor();
    await pointAt(block(frame, 'conv5').locator('.face'), 12.5 / 13, 0.5 / 13);
    const area = sightOf('torchvision').cellSees('conv5', 0, 12)!;
    await says(words('conv5', 0, 12, area));
    assertBox((await framesOn(preview()))[0], onPicture(area, 'torchvision'), 'the picture');
    await pointAt(preview(), 0.05, 0.5);
    await line().filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
  });
});

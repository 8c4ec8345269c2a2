import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import type { Tensor } from '../../src/protocol/engineProtocol';
import { channelOrder } from '../../src/webview/draw/channelOrder';
import { channelScale } from '../../src/webview/draw/channelScale';
import { layerStats } from '../../src/webview/draw/channelStats';
import { colourOf, colourTable } from '../../src/webview/draw/colourMap';
import { openChannels, timeTiles } from '../support/channels';
import { block, layersOf, openDetails, openPanel, watchHost } from '../support/panel';
import { shownRun } from '../support/panelPictures';
import { engineActivations } from '../support/askProbe';
import { atMost, eventually } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';

const picture = 'still-life.jpg';
const compared = ['conv1', 'bn2', 'conv3', 'pool5', 'fc6'];
const paintMs = 100;
const attempts = 6;

describe('the channels of a layer', () => {
  let page: Page;
  let frame: Frame;
  let tensors: ReadonlyMap<string, Tensor>;
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const readout = (): Promise<string> => frame.locator('.details-pane .readout').innerText();
  const focusIn = (selector: string): Promise<unknown> =>
    frame.waitForFunction((part) => document.activeElement?.matches(part), selector);

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    await openPanel(page);
    tensors = await engineActivations(page, picture, compared);
    frame = await shownRun(page, picture);
  });
  after(() => closeWorkbench(page));

  for (const layer of compared) {
    it(`say the engine's own values of ${layer} under the cursor, in the colours of their scale`, async () => {
      await openChannels(frame, layer);
      const tensor = tensors.get(layer)!;
      const { kind, reach } = channelScale(layerStats(tensor), 'shared', 0);
      const table = colourTable('inferno', kind);
      let checked = 0;
      const [, columns = 1, channels = 1] = tensor.shape.length === 3 ? tensor.shape : [];
      for (const [x, y] of [
        [0.11, 0.09],
        [0.83, 0.22],
        [0.66, 0.71],
      ] as const) {
        const pixel = await pointAt(frame, x, y);
        const { channel, row, column, value } = place(await readout());
        const index = layer === 'fc6' ? channel : (row * columns + column) * channels + channel;
        const expected = tensor.data[index]!;
        assert.ok(
          Math.abs(value - expected) <= 1e-5 * Math.abs(expected),
          `${value} on screen at ${row}, ${column} of ${channel}; ${expected} in the engine`,
        );
        const nearby = [expected * (1 - 1e-5), expected, expected * (1 + 1e-5)];
        const dead = layerStats(tensor).channels.zeros[channel] === tensor.data.length / channels;
        const colours = nearby.map((each) => colourOf(table, each, reach[channel]!));
        // Crosses of dead channels, frames of the strongest units, and gaps have other colours.
        if (dead || layer === 'fc6' || pixel === 0) continue;
        assert.ok(colours.includes(pixel), `${pixel} at ${value}`);
        checked++;
      }
      assert.ok(checked > 0 || layer === 'fc6', 'no colour was compared');
    });
  }

  it('have their numbers, dead ones counted, and a bar with the ends of the scale', async () => {
    await openChannels(frame, 'conv3');
    const stats = layerStats(tensors.get('conv3')!);
    const facts = await frame.locator('.channel-facts').innerText();
    assert.ok(stats.dead > 0);
    assert.match(facts, new RegExp(`dead\\s+${stats.dead} of 384`));
    assert.match(
      facts,
      new RegExp(`zeros\\s+${((100 * stats.zeros) / stats.values).toFixed(1)} %`),
    );
    const ticks = await frame.locator('.channel-bar .colour-ticks span').allInnerTexts();
    assert.deepEqual([ticks[0], ticks[2]], ['0', String(Number(stats.max.toPrecision(3)))]);
  });

  it('are sorted as asked, clipped and coloured as asked', async () => {
    const stats = layerStats(tensors.get('conv3')!);
    for (const sort of ['index', 'max', 'mean', 'energy'] as const) {
      await frame.getByLabel('Sort by').selectOption(sort);
      await pointAt(frame, 0.005, 0.005);
      assert.equal(place(await readout()).channel, channelOrder(stats, sort)[0], sort);
    }
    const painted = await canvasBytes(frame);
    await frame.getByLabel('Clip').selectOption('0.01');
    await frame.locator('.colour-ticks').getByText('≥').waitFor();
    const clipped = await canvasBytes(frame);
    assert.notEqual(clipped, painted);
    await frame.getByLabel('Range').selectOption('channel');
    const own = await canvasBytes(frame);
    assert.notEqual(own, clipped);
    await frame.getByRole('combobox', { name: 'Colours' }).selectOption('viridis');
    assert.notEqual(await canvasBytes(frame), own);
    await frame.getByRole('combobox', { name: 'Colours' }).selectOption('inferno');
    await frame.getByLabel('Range').selectOption('shared');
    await frame.getByLabel('Clip').selectOption('0');
    assert.equal(await canvasBytes(frame), painted);
  });

  it('are walked, enlarged and read by keyboard alone, and the readout is spoken', async () => {
    await block(frame, 'conv3').focus();
    await press('Enter');
    await focusIn('.details-pane');
    for (let tabs = 0; tabs < 20; tabs++) {
      if (await frame.evaluate(() => document.activeElement?.matches('.tile-stage'))) break;
      await press('Tab');
    }
    await focusIn('.tile-stage');
    const order = channelOrder(layerStats(tensors.get('conv3')!), 'energy');
    await press('Home', 'ArrowRight', 'ArrowRight');
    await frame.locator('.details-pane .readout', { hasText: `channel ${order[2]} ·` }).waitFor();
    assert.equal(await frame.locator('.details-pane .readout').getAttribute('aria-live'), 'polite');
    await press('Enter');
    await focusIn('.large-stage');
    assert.match(await readout(), new RegExp(`^channel ${order[2]} · row \\d+, column \\d+ · `));
    const before = await readout();
    await press(/row 12/.exec(before) ? 'ArrowUp' : 'ArrowDown');
    assert.notEqual(await readout(), before);
    assert.match(await readout(), /sees rows \d+–\d+, columns \d+–\d+ of the input$/);
    await press('PageDown');
    await frame.locator('.large-head', { hasText: `Channel ${order[3]} ` }).waitFor();
    await press('Escape');
    await focusIn('.tile-stage');
    assert.equal(await frame.locator('.large-channel').isVisible(), false);
    await press('Escape');
    await frame.locator('.details-pane').waitFor({ state: 'hidden' });
  });

  it('show one large over what the network saw, more or less of it, smoothed or in true cells', async () => {
    await openChannels(frame, 'conv3');
    const canvas = frame.locator('.tile-stage canvas');
    await canvas.click({ position: { x: 30, y: 9 } });
    const large = frame.locator('.large-stage canvas');
    await large.waitFor();
    assert.match(
      (await frame.locator('.large-stage img').getAttribute('src')) ?? '',
      /^data:image/,
    );
    const { channel } = place(await frame.locator('.large-head').innerText());
    await large.hover({ position: { x: 150, y: 120 } });
    const at = place(await readout());
    assert.equal(at.channel, channel);
    const { data } = tensors.get('conv3')!;
    const expected = data[(at.row * 13 + at.column) * 384 + at.channel]!;
    assert.ok(Math.abs(at.value - expected) <= 1e-5 * Math.abs(expected));
    const cells = await canvasBytes(frame, '.large-stage canvas');
    await frame.getByRole('button', { name: 'smoothed' }).click();
    assert.notEqual(await canvasBytes(frame, '.large-stage canvas'), cells);
    await frame.getByRole('slider', { name: /Opacity/ }).fill('40');
    assert.equal(await large.evaluate((each) => each.style.opacity), '0.4');
    await frame.getByRole('button', { name: 'true cells' }).click();
    assert.equal(await canvasBytes(frame, '.large-stage canvas'), cells);
    await frame.getByRole('button', { name: 'Close the large channel' }).click();
    await focusIn('.tile-stage');
  });

  it('of a dense layer are a picture of its units, and a list of the strongest', async () => {
    await openChannels(frame, 'fc6');
    const { data } = tensors.get('fc6')!;
    const strongest = [...data.keys()].sort((a, b) => data[b]! - data[a]! || a - b);
    const rows = frame.locator('.strongest-units li');
    assert.deepEqual(
      await rows.evaluateAll((all) => all.map((row) => Number(row.dataset['unit']))),
      strongest.slice(0, 10),
    );
    const first = Number((await rows.first().locator('.numeric').innerText()).replace('−', '-'));
    assert.ok(Math.abs(first - data[strongest[0]!]!) <= 1e-5 * first);
  });

  it('come without another run of the network, whichever layer is looked at', async () => {
    const sent = await watchHost(frame);
    for (const { name } of layersOf('keras').slice(1)) {
      await openDetails(frame, name);
      await frame.locator(`.tile-stage[aria-label^="${name}:"]`).waitFor();
    }
    const changes = await sent();
    assert.deepEqual(
      changes.filter((part) => part === 'run' || part === 'work'),
      [],
    );
  });

  for (const [layer, from] of [
    ['conv3', 'conv1'],
    ['conv1', 'conv3'],
  ] as const) {
    it(`of ${layer} are painted within ${paintMs} ms of the click, warm`, async () => {
      const times: number[] = [];
      for (let i = 0; i < attempts; i++) {
        await timeTiles(frame, from);
        times.push(await timeTiles(frame, layer));
      }
      assert.ok(Math.min(...times) <= atMost(paintMs), times.map((ms) => ms.toFixed(0)).join(', '));
    });
  }

  it('get more of the page where the person wants it, by button, keys and pointer, and keep it', async () => {
    const width = (): Promise<number> =>
      frame.locator('.details-pane').evaluate((pane) => pane.clientWidth);
    const narrow = await width();
    await frame.getByRole('button', { name: 'Wide details' }).click();
    assert.ok((await width()) > 1.5 * narrow);
    await frame.getByRole('button', { name: 'Narrow details' }).click();
    assert.equal(await width(), narrow);
    const edge = frame.getByRole('separator', { name: 'Width of the details' });
    await edge.focus();
    await press('ArrowLeft', 'ArrowLeft');
    assert.equal(await width(), narrow + 48);
    await press('ArrowRight', 'ArrowRight');
    const box = (await edge.boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x - 98, box.y + 200, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs((await width()) - narrow - 100) < 4, `${await width()} after ${narrow}`);
  });
});

interface Place {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Reads a line of the readout as a person does. */
function place(words: string): Place {
  const channel = Number(/(?:channel|unit) (\d+)/i.exec(words)?.[1]);
  const [, row = 0, column = 0] = /row (\d+), column (\d+)/.exec(words) ?? [];
  const value = /· (−?[\d.]+(?:e-?\d+)?)(?: ·|$)/.exec(words)?.[1] ?? 'NaN';
  return {
    channel,
    row: Number(row),
    column: Number(column),
    value: Number(value.replace('−', '-')),
  };
}

/** Moves the pointer to a part of the tiles; gives the pixel there. */
async function pointAt(frame: Frame, x: number, y: number): Promise<number> {
  const canvas = frame.locator('.tile-stage canvas');
  // A pointer that is there already would not move.
  await canvas.hover({ position: { x: 1, y: 1 } });
  // Listening before it goes there: on a busy machine it arrives first otherwise.
  const { width, height } = await canvas.evaluate((each) => {
    each.addEventListener('pointermove', (event) => {
      const { offsetX, offsetY } = event as PointerEvent;
      each.setAttribute('data-at', `${Math.floor(offsetX)} ${Math.floor(offsetY)}`);
    });
    return { width: each.clientWidth, height: each.clientHeight };
  });
  const target = { x: x * width, y: y * height };
  await canvas.hover({ position: target });
  return eventually('the pointer at its place', () =>
    canvas.evaluate(
      (each, { x: left, top }) => {
        const at = each.getAttribute('data-at')?.split(' ').map(Number);
        const [column = NaN, row = NaN] = at ?? [];
        if (!(Math.hypot(column - left, row - top) <= 2))
          throw new Error(`it is at ${column} ${row}`);
        const canvas = each as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')!.getImageData(column, row, 1, 1);
        return new Uint32Array(data.buffer)[0]!;
      },
      { x: target.x, top: target.y },
    ),
  );
}

function canvasBytes(frame: Frame, selector = '.tile-stage canvas'): Promise<string> {
  return frame.locator(selector).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

import assert from 'node:assert/strict';
import { alexNets } from '../../src/library/alexNets';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { HistogramBins } from '../../src/engine/inspect/histogramBins';
import { layerNamed } from '../../src/network/network';
import { weightKey, type NetworkWeights } from '../../src/files/matching/networkWeights';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { environment } from '../support/environment';
import { axeViolations, inWidths, widthWords } from '../support/panelAxe';
import { block, grouped, openDetails, openPanel } from '../support/panel';
import { plainBins, plainStatistics } from '../support/plainStatistics';
import { type Theme, themes } from '../support/userSettings';
import { chooseTheme, closeWorkbench, openWorkbench, runCommand } from '../support/workbench';
import { writeSafetensors, type FileTensor } from '../support/writeSafetensors';

const seed = 1;

/** The weights that the panel shows, drawn here anew. */
function valuesOf(layer: string, weight: string): Float32Array {
  const { network } = alexNets.keras;
  return randomLayerWeights(layerNamed(network, layer), seed).get(`${layer}.${weight}`)!;
}

/** A number as a person reads it off the screen. */
function read(text: string): number {
  return Number(text.replaceAll(',', '').replace('−', '-'));
}

describe("a layer's weights", () => {
  let page: Page;
  let frame: Frame;
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const pane = (): Locator => frame.locator('.weights');
  const part = (tensor: string): Locator => frame.locator(`[data-tensor=${tensor}]`);
  const slider = (name: string): Locator => frame.getByRole('slider', { name, exact: true });
  const said = async (locator: Locator): Promise<string> =>
    (await locator.getAttribute('aria-valuetext')) ?? '';

  async function open(layer: string, tensor?: string): Promise<void> {
    await openDetails(frame, layer);
    await frame.getByRole('tab', { name: 'Weights' }).click();
    const title = layer.startsWith('norm') ? 'h3' : '.statistics';
    await (tensor === undefined ? pane() : part(tensor)).locator(title).first().waitFor();
  }

  async function numbersOf(tensor: string): Promise<Readonly<Record<string, number>>> {
    const cells = part(tensor).locator('[data-term]');
    const pairs = await cells.evaluateAll((all) =>
      all.map((cell) => [cell.getAttribute('data-term') ?? '', cell.textContent] as const),
    );
    return Object.fromEntries(pairs.map(([name, text]) => [name, read(text)]));
  }

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    frame = await openPanel(page);
  });
  after(async () => {
    await runCommand(page, 'AlexNet: Use Random Weights');
    await closeWorkbench(page);
  });

  for (const [layer, weights] of [
    ['conv1', ['kernel', 'bias']],
    ['bn1', ['gamma', 'beta', 'moving_mean', 'moving_variance']],
    ['fc8', ['kernel']],
  ] as const) {
    it(`of ${layer} are counted in full: every number equals one computed from the weights`, async () => {
      await open(layer, weights[0]);
      for (const weight of weights) {
        const values = valuesOf(layer, weight);
        const plain = plainStatistics(values);
        const rounded = (value: number): number => Number(value.toPrecision(6));
        assert.deepEqual(await numbersOf(weight), {
          min: rounded(plain.min),
          max: rounded(plain.max),
          mean: rounded(plain.mean),
          std: rounded(plain.std),
          'L2 norm': rounded(plain.l2),
          zeros: plain.zeros,
          NaN: 0,
          infinite: 0,
        });
        const title = await part(weight).locator('h3').innerText();
        assert.ok(title.includes(`${grouped(values.length)} values`), title);
      }
    });
  }

  it('are read off the histogram bin by bin, with the keys', async () => {
    await open('conv1', 'kernel');
    const values = valuesOf('conv1', 'kernel');
    const { min, max } = plainStatistics(values);
    const { counts } = new HistogramBins(min, max).histogram();
    const expected = plainBins(values, { ...new HistogramBins(min, max).histogram() });
    const histogram = slider('Histogram of kernel, bin');
    await histogram.focus();
    await press('Home');
    const first = await said(histogram);
    await press('ArrowRight');
    // The page's own way through the others: a key from outside takes a way through all of VS Code.
    const others = await histogram.evaluate((bars, steps) => {
      const next = { key: 'ArrowRight', bubbles: true };
      return Array.from({ length: steps }, () => {
        const words = bars.getAttribute('aria-valuetext') ?? '';
        bars.dispatchEvent(new KeyboardEvent('keydown', next));
        return words;
      });
    }, counts.length - 1);
    const shown = [first, ...others].map((words) => read(/: ([\d,]+) value/.exec(words)![1]!));
    assert.deepEqual(shown, expected);
    const reading = part('kernel').locator('.histogram-box .reading');
    assert.equal(await reading.innerText(), await said(histogram));
  });

  it('stand out at zero, and on a logarithmic scale as well', async () => {
    assert.equal(await part('kernel').locator('.bar.zero').count(), 1);
    const bars = part('kernel').locator('.bar');
    const heights = (): Promise<string[]> =>
      bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('height') ?? ''));
    const linear = await heights();
    await frame.getByRole('button', { name: 'logarithmic' }).click();
    const log = await heights();
    assert.notDeepEqual(log, linear);
    await part('kernel').getByText('logarithmic').waitFor();
    await frame.getByRole('button', { name: 'linear' }).click();
    assert.deepEqual(await heights(), linear);
  });

  it('are colours where they see the picture: each pixel is its weight, with zero as mid grey', async () => {
    const kernel = valuesOf('conv1', 'kernel');
    const reach = kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const tiles = frame.getByRole('radio', { name: /^Filter \d+$/ });
    assert.equal(await tiles.count(), 96);
    await frame.getByRole('radio', { name: 'Filter 17', exact: true }).click();
    const pixels = await pixelsOf(tiles.nth(17).locator('img'));
    const weights = Array.from({ length: 11 * 11 * 3 }, (_, i) => kernel[i * 96 + 17]!);
    weights.forEach((value, i) => {
      const shade = 127.5 + (127.5 * value) / reach;
      const drawn = pixels[Math.floor(i / 3) * 4 + (i % 3)]!;
      assert.ok(Math.abs(drawn - shade) <= 0.5 + 1e-6, `pixel ${i}: ${drawn}, not ${shade}`);
    });
    const before = await tiles.nth(17).locator('img').getAttribute('src');
    await frame.getByRole('button', { name: 'each its own' }).click();
    assert.notEqual(await tiles.nth(17).locator('img').getAttribute('src'), before);
    await frame.getByRole('button', { name: 'one scale' }).click();
  });

  it('are walked through filter by filter with the arrow keys', async () => {
    await frame.getByRole('radio', { name: 'Filter 17', exact: true }).focus();
    await press('ArrowRight');
    await frame.locator('.tile:focus[aria-label="Filter 18"][aria-checked=true]').waitFor();
    assert.equal(await frame.getByLabel('Filter, 0 to 95').inputValue(), '18');
    const norm = Math.hypot(...valuesOf('conv1', 'kernel').filter((_, i) => i % 96 === 18));
    const words = await frame.getByText(/^Filter 18: L2 norm/).innerText();
    const [, shown] = /L2 norm ([\d.]+), bias 0\./.exec(words)!;
    assert.ok(Math.abs(Number(shown) - norm) <= 1e-5 * norm, `${shown}, not ${norm}`);
  });

  it('are a grid by input channel deeper down, weight by weight readable', async () => {
    await open('conv2', 'kernel');
    await frame.getByLabel('Filter, 0 to 255').fill('200');
    const grid = slider('Filter 200 of conv2, weight');
    await grid.focus();
    await press('PageDown', 'PageDown', 'ArrowDown', 'ArrowRight');
    const value = valuesOf('conv2', 'kernel')[((1 * 5 + 1) * 96 + 2) * 256 + 200]!;
    const words = await said(grid);
    assert.match(words, /^input channel 2, row 1, column 1: /);
    assert.equal(read(words.split(': ')[1]!), Number(value.toPrecision(6)));
    await frame.getByRole('button', { name: 'Next filter' }).click();
    await slider('Filter 201 of conv2, weight').waitFor();
  });

  it('of batch normalisation come down to a scale and a shift', async () => {
    await open('bn1', 'gamma');
    const scale = slider('scale by channel, channel');
    await scale.focus();
    await press('End');
    assert.equal(await said(scale), `channel 95: ${Number((1 / Math.sqrt(1.001)).toPrecision(6))}`);
  });

  it('are four numbers and a curve where a response is normalised, and nothing where there are none', async () => {
    await openDetails(frame, 'pool1');
    assert.ok(!(await frame.getByRole('tab', { name: 'Weights' }).isVisible()));
    await frame.locator('#variant').selectOption('paper');
    await block(frame, 'norm1').waitFor();
    await open('norm1');
    const text = await pane().innerText();
    for (const constant of ['5 channels', '0.0001', '0.75'])
      assert.ok(text.includes(constant), text);
    const curve = slider('Response to x, sample');
    await curve.focus();
    await press('Home');
    assert.match(await said(curve), /^x = 0: 0 alone, 0 among equals$/);
  });

  it('are those of the variant on screen, in its order of colours, the kernel of two towers whole', async () => {
    await open('conv2', 'kernel');
    const title = await part('kernel').locator('h3').innerText();
    assert.ok(title.includes('5 × 5 × 48 × 256 · 307,200 values'), title);
    await frame.getByLabel('Filter, 0 to 255').fill('128');
    const grid = slider('Filter 128 of conv2, weight');
    assert.match(await said(grid), /^input channel 48, row 0, column 0: /);
    await open('conv1', 'kernel');
    const first = slider('Filter 0 of conv1, weight');
    assert.match(await said(first), /^blue, input channel 0, /);
    await frame.locator('#variant').selectOption('keras');
    await block(frame, 'bn1').waitFor();
  });

  it('are read anew when others are loaded', async () => {
    await open('conv1', 'kernel');
    const other = othersThanOnScreen();
    const name = 'other.safetensors';
    const path = join(environment('ALEXNET_TEST_WORKSPACE'), name);
    await writeSafetensors(path, fileTensors(other));
    try {
      await runCommand(page, 'AlexNet: Load Weights', { asks: true });
      await page.locator('.quick-input-title', { hasText: 'Load Weights' }).waitFor();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).waitFor();
      await page.keyboard.type(name);
      await page.locator('.quick-input-list .focused').filter({ hasText: name }).waitFor();
      await press('Enter');
      await frame.locator('#weights strong', { hasText: name }).waitFor();
      const { min, l2 } = plainStatistics(other.get('conv1.kernel')!);
      const shown = part('kernel').locator('[data-term=min]');
      await shown.filter({ hasText: String(-Number(min.toPrecision(6))) }).waitFor();
      assert.equal((await numbersOf('kernel'))['L2 norm'], Number(l2.toPrecision(6)));
    } finally {
      await rm(path);
    }
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`give axe nothing to object to in ${theme}${widthWords(theme)}`, async () => {
      await chooseTheme(page, theme);
      for (const [layer, tensor] of [
        ['conv1', 'kernel'],
        ['bn1', 'gamma'],
        ['fc8', 'kernel'],
      ] as const) {
        await open(layer, tensor);
        await inWidths({ page, frame, theme }, async (what) => {
          const found = await axeViolations(frame, { theme, within: '.details-pane' });
          assert.deepEqual(found, [], `${layer}: ${what}`);
          const overflow = await pane().evaluate((body) => body.scrollWidth - body.clientWidth);
          assert.ok(overflow <= 0, `${layer} runs ${overflow} pixels out of its pane: ${what}`);
        });
      }
    });
  }
});

/** Another first layer; nobody looks at the others, and to draw their 60 million numbers takes seconds. */
function othersThanOnScreen(): NetworkWeights {
  const { network } = alexNets.keras;
  const drawn = randomLayerWeights(layerNamed(network, 'conv1'), 2);
  const all = network.layers.flatMap((layer) =>
    layer.weights.map(({ name, shape }) => {
      const key = weightKey(layer.name, name);
      const count = shape.reduce((product, size) => product * size, 1);
      return [key, drawn.get(key) ?? new Float32Array(count)] as const;
    }),
  );
  return new Map(all);
}

/** The weights of the Keras variant as a file of the project's own names holds them. */
function fileTensors(weights: NetworkWeights): readonly FileTensor[] {
  return alexNets.keras.network.layers.flatMap((layer) =>
    layer.weights.map(({ name, shape }) => {
      const key = weightKey(layer.name, name);
      return { name: key, shape, values: weights.get(key)! };
    }),
  );
}

/** The RGBA bytes of a picture on the page. */
function pixelsOf(image: Locator): Promise<readonly number[]> {
  return image.evaluate(async (img: HTMLImageElement) => {
    await img.decode();
    const canvas = document.createElement('canvas');
    canvas.width = img.naturalWidth;
    canvas.height = img.naturalHeight;
    const context = canvas.getContext('2d')!;
    context.drawImage(img, 0, 0);
    return [...context.getImageData(0, 0, canvas.width, canvas.height).data];
  });
}

import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { readNpyHeader } from '../../src/files/containers/npy';
import { decodePicture } from '../../src/imaging/decodePicture';
import { environment } from '../support/environment';
import { openPanel } from '../support/panel';
import { axeViolations } from '../support/panelAxe';
import { classify } from '../support/panelPictures';
import { pngTexts } from '../support/pngTexts';
import { answerSaveDialogue } from '../support/saveDialogue';
import { eventually, waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench, runCommand } from '../support/workbench';

describe('whether an explanation is to be trusted', () => {
  let page: Page;
  let frame: Frame;
  let answer: Locator;

  before(async () => {
    page = await openWorkbench({ width: 1440, height: 900 });
    await openPanel(page);
    await classify(page, 'still-life.jpg');
    frame = await classify(page, 'cat.jpg');
    await runCommand(page, 'AlexNet: Explain');
    answer = frame.locator('.explain-answer:not(.explain-old) dl');
    await answer.waitFor();
  });
  after(() => closeWorkbench(page));

  const press = (key: string): Promise<void> => page.keyboard.press(key);

  it('has fields for the settings of a method, refuses what the engine would, and resets them', async () => {
    await frame.locator('#explain-method').selectOption('occlusion');
    const settings = frame.getByRole('group', { name: 'Settings of the method' });
    const field = (name: string): Locator => settings.getByRole('textbox', { name });
    const enter = async (name: string, text: string): Promise<void> => {
      await field(name).fill(text);
      await press('Enter');
    };
    await enter('Stride', '112');
    await enter('Window', '112');
    const baseline = settings.getByRole('combobox', { name: 'Baseline' });
    await baseline.selectOption({ label: 'a colour' });
    await settings.getByLabel('Baseline’s colour').fill('#ff8000');
    await frame.locator('.explain-answer').getByText('the colour 255, 128, 0').waitFor();
    await baseline.selectOption({ label: 'still-life.jpg' });
    await settings.locator('img').waitFor();
    const said = frame.locator('.explain-answer:not(.explain-old) p', { hasText: 'Baseline:' });
    await said.filter({ hasText: 'still-life.jpg' }).locator('img').waitFor();
    await enter('Window', '0');
    const refused = settings.getByRole('alert');
    await refused.getByText('Window must be a whole number from 1 to 4096, got “0”.').waitFor();
    assert.equal(await field('Window').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await axeViolations(frame), []);
    await enter('Window', '111');
    assert.equal(await refused.count(), 0);
    assert.equal(await field('Window').getAttribute('aria-invalid'), null);
    await settings.getByRole('button', { name: 'Reset to defaults' }).click();
    assert.equal(await field('Window').inputValue(), '32');
    assert.equal(await baseline.inputValue(), 'zero');
    await frame.locator('#explain-method').selectOption('gradCam');
    await settings.getByRole('combobox', { name: 'Values' }).selectOption('before');
    await answer.waitFor();
  });

  /** Takes an item of the Export menu, says where to, and gives what was written there. */
  async function exported(item: string, file: string): Promise<Buffer> {
    await frame.locator('#export').click();
    await frame.getByRole('menuitem', { name: item }).click();
    const path = join(environment('ALEXNET_TEST_WORKSPACE'), file);
    await answerSaveDialogue(page, /Export/, path);
    const bytes = await eventually(path, () => readFile(path));
    const toast = page.locator('.notification-toast').filter({ hasText: `Saved ${file}` });
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'hidden' });
    await rm(path);
    return bytes;
  }

  it('goes into files with all that it follows from: as a picture, in NumPy’s form, as JSON', async () => {
    interface About {
      readonly picture: string;
      readonly documentId: string;
      readonly weights: string;
      readonly trained: boolean;
      readonly unit: string;
      readonly preprocess: { readonly fit: { readonly mode: string } };
      readonly recipe: { readonly target: { readonly class: number } };
    }
    const about = (text: string | undefined): About => JSON.parse(text!) as About;
    const png = await exported('Explanation as PNG…', 'why.png');
    const { width, height } = await decodePicture(png, '');
    assert.deepEqual([width, height], [896, 896]);
    const texts = pngTexts(png);
    assert.match(
      texts['Description']!,
      /^Why .*\? Grad-CAM of conv5, .*, random, seed 1, cat\.jpg$/,
    );
    const said = about(texts['alexnet-inspector']);
    const { recipe } = said;
    assert.deepEqual(recipe, {
      ...{ method: 'gradCam', layer: 'conv5', target: { class: recipe.target.class } },
      settings: { beforeActivation: true },
    });
    const { picture, documentId, weights, trained, unit, preprocess } = said;
    assert.deepEqual(
      [picture, documentId, weights, trained, unit],
      ['cat.jpg', 'keras', 'random, seed 1', false, 'logits'],
    );
    assert.equal(preprocess.fit.mode, 'stretch');
    const values = 'Explanation with its recipe, as JSON or .npy…';
    const npy = await exported(values, 'why.npy');
    const { shape, dataStart } = readNpyHeader(npy, 'why.npy');
    assert.deepEqual(shape, [13, 13]);
    const beside = join(environment('ALEXNET_TEST_WORKSPACE'), 'why.npy.json');
    assert.deepEqual(about(await readFile(beside, 'utf8')), { ...said, shape: [13, 13] });
    await rm(beside);
    const json = await exported(values, 'why.json');
    const { data, ...rest } = JSON.parse(json.toString()) as { readonly data: readonly number[] };
    assert.deepEqual(rest, { ...said, shape: [13, 13] });
    const floats = new Float32Array(Uint8Array.from(npy.subarray(dataStart)).buffer);
    assert.deepEqual(Float32Array.from(data), floats);
    await frame.getByRole('button', { name: 'Reset to defaults' }).click();
    await answer.waitFor();
  });

  it('puts methods side by side, one after the other, and stops when it is told to', async () => {
    await frame.getByRole('button', { name: 'Compare methods' }).click();
    const areas = frame.getByRole('table', { name: 'Methods' }).locator('tbody td:nth-child(4)');
    await waitUntil('two rows', async () => {
      const done = (await areas.allInnerTexts()).filter((text) => text !== '');
      return done.length >= 2;
    });
    await frame.locator('.explain-methods').getByRole('button', { name: 'Stop' }).click();
    await frame.getByRole('button', { name: 'Go on' }).waitFor();
    const row = frame
      .getByRole('table', { name: 'Methods' })
      .getByRole('row', { name: 'HiResCAM' });
    await row.getByRole('button').click();
    await frame.locator('#explain-method').and(frame.locator(':enabled')).waitFor();
    assert.equal(await frame.locator('#explain-method').inputValue(), 'hiResCam');
    assert.equal(await row.getAttribute('aria-current'), 'true');
    await frame.locator('#explain-method').selectOption('gradCam');
  });

  it('sorts the methods by a column, by keyboard too, and keeps the order', async () => {
    const table = frame.getByRole('table', { name: 'Methods' });
    const head = table.getByRole('columnheader', { name: 'Deletion' });
    const areas = async (): Promise<readonly number[]> => {
      const texts = await table.locator('tbody td:nth-child(4)').allInnerTexts();
      return texts.filter((text) => text !== '').map((text) => parseFloat(text.replace('−', '-')));
    };
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    const rising = await areas();
    assert.ok(rising.length >= 2);
    assert.deepEqual(
      rising,
      rising.toSorted((a, b) => a - b),
    );
    await press('Enter');
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    assert.deepEqual(await areas(), rising.toReversed());
    // What is drawn anew stays in its order.
    const threshold = frame.getByRole('slider', { name: 'Share of the scale' });
    await threshold.fill('10');
    assert.deepEqual(await areas(), rising.toReversed());
    await threshold.fill('0');
    await head.getByRole('button').press('Enter');
    assert.equal(await head.getAttribute('aria-sort'), 'none');
    assert.equal(await table.locator('tbody th').first().innerText(), 'Grad-CAM');
  });

  it('puts methods to the test with random layers, and keeps what is done when it is stopped', async () => {
    const trust = frame.getByRole('region', { name: 'Can I trust it?' });
    await trust.getByText('this test means nothing').waitFor();
    await trust.getByText('Methods to test: 5 of 15').click();
    for (const name of ['Gradient × input', 'Guided backpropagation', 'Deconvnet']) {
      await trust.getByRole('checkbox', { name }).focus();
      await press('Space');
    }
    await trust.getByText('Methods to test: 2 of 15').waitFor();
    await trust.getByRole('button', { name: 'Randomise layers' }).click();
    const table = trust.getByRole('table', { name: 'Maps while layers become random' });
    const left = table.locator('tbody tr').first().locator('.explain-sanity-left');
    await waitUntil('two layers', async () => (await left.count()) >= 2);
    await trust.getByRole('button', { name: 'Stop' }).click();
    await trust.getByRole('button', { name: 'Start again' }).waitFor();
    await trust.getByText('Stopped: what is there stays.').waitFor();
    assert.ok((await left.count()) >= 2);
    assert.match((await left.first().textContent())!, /^−?\d\.\d\d \(−?\d\.\d\d\) of magnitudes$/);
    const heads = await table.getByRole('columnheader').allInnerTexts();
    assert.deepEqual(heads.slice(2, 6), ['as it is', 'fc8', 'fc7+', 'fc6+']);
    assert.equal(heads.at(-1), 'conv1+');
    await table.getByText(/^Saliency’s map (changes|stays)/).waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    // The weights in use are what they were: another map comes at once.
    await frame.locator('#explain-method').selectOption('hiResCam');
    await answer.waitFor();
    await frame.locator('#explain-method').selectOption('gradCam');
    await answer.waitFor();
  });
});

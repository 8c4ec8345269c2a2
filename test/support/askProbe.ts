import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Tensor } from '../../src/protocol/engineProtocol';
import { environment } from './environment';
import { eventually } from './waiting';

/** Classifies a sample picture through the API, with the network on screen; gives what the engine says of these layers. */
export async function engineActivations(
  page: Page,
  picture: string,
  layers: readonly string[],
): Promise<ReadonlyMap<string, Tensor>> {
  const file = answerFile();
  await askProbe(page, 'Control+Alt+F7', 'Activations', JSON.stringify({ picture, layers, file }));
  const bytes = await written(file);
  const head = bytes.indexOf('\n');
  const shapes = JSON.parse(bytes.subarray(0, head).toString()) as readonly (readonly number[])[];
  let start = head + 1;
  return new Map(
    shapes.map((shape, index) => {
      const length = 4 * shape.reduce((all, size) => all * size, 1);
      const data = floats(bytes.subarray(start, (start += length)));
      return [layers[index]!, { shape, data }];
    }),
  );
}

/** The tensor that the API's input() gives for a run. */
export async function inputOfRun(page: Page, runId: number): Promise<Float32Array> {
  await askProbe(page, 'Control+Alt+F10', 'Run', String(runId));
  return floats(await written(join(environment('ALEXNET_TEST_WORKSPACE'), `input-${runId}.f32`)));
}

/** Changes a setting of the user while VS Code runs; without a value to its default. */
export async function setSetting(page: Page, name: string, value?: unknown): Promise<void> {
  const file = answerFile();
  await askProbe(page, 'Control+Alt+F8', 'Setting', JSON.stringify({ name, value, file }));
  await written(file);
}

/** Presses a key of the tests' own extension, without the palette, and answers what it asks. */
async function askProbe(page: Page, key: string, title: string, answer: string): Promise<void> {
  const question = page.locator('.quick-input-title', { hasText: title });
  await eventually(`the question "${title}"`, async (timeout) => {
    await page.keyboard.press(key);
    await question.waitFor({ timeout });
  });
  const input = page.locator('.quick-input-widget input.input');
  // Into the field itself, which gets the keyboard a moment after it is there.
  await input.fill(answer);
  await input.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

function answerFile(): string {
  return join(tmpdir(), `alexnet-probe-${process.pid}-${Date.now()}`);
}

async function written(file: string): Promise<Buffer> {
  const bytes = await eventually(file, () => readFile(file));
  await rm(file);
  return bytes;
}

function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

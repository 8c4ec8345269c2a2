import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from './waiting';

/** Answers VS Code's question where to save something with a path. */
export async function answerSaveDialogue(page: Page, title: RegExp, path: string): Promise<void> {
  const input = page.locator('.quick-input-widget input.input');
  await page.locator('.quick-input-title', { hasText: title }).waitFor();
  // Its suggestion comes late, and would replace the answer.
  await eventually('a suggested name', async () =>
    assert.match(await input.inputValue(), /\.[a-z]+$/),
  );
  await input.fill(path);
  await eventually(`"${path}" as the answer`, async (timeout) => {
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden', timeout });
  });
}

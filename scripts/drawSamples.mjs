import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { chromium } from 'playwright-core';
import { browserOptions } from './lib/browser.mjs';
import { inRoot } from './lib/root.mjs';
import { samples } from './samples/list.mjs';

/** Reserved for such uses (RFC 2606): the page's files come from scripts/samples, not from a network. */
const origin = 'http://samples.test';

/** node scripts/drawSamples.mjs [FILE…]: draws the pictures of samples, all or only those. */
async function main() {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !samples.some(({ file }) => file === name));
  if (unknown.length > 0) throw new Error(`no sample is called ${unknown.join(', ')}`);
  const browser = await chromium.launch(await browserOptions());
  try {
    const page = await openPage(browser);
    for (const { file } of samples) {
      if (asked.length > 0 && !asked.includes(file)) continue;
      const address = await page.evaluate((name) => globalThis.drawSample(name), file);
      const bytes = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
      await writeFile(inRoot('samples', file), bytes);
      console.log(`samples/${file}: ${(bytes.length / 1000).toFixed(1)} kB`);
    }
  } finally {
    await browser.close();
  }
}

/** A page that has loaded page.mjs and what it imports. */
async function openPage(browser) {
  const page = await browser.newPage();
  const body = '<!DOCTYPE html><script type="module" src="/page.mjs"></script>';
  await page.route(`${origin}/**`, (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    return name.endsWith('.mjs')
      ? route.fulfill({ path: inRoot('scripts', 'samples', name), contentType: 'text/javascript' })
      : route.fulfill({ body, contentType: 'text/html' });
  });
  await page.goto(`${origin}/`);
  return page;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

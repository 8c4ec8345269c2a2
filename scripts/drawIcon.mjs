import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { browserOptions } from './lib/browser.mjs';
import { inRoot } from './lib/root.mjs';

const side = 256;

/** node scripts/drawIcon.mjs: media/icon.png from media/icon.svg, on a clear ground. */
async function main() {
  const svg = await readFile(inRoot('media', 'icon.svg'), 'utf8');
  const browser = await chromium.launch(await browserOptions());
  try {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true });
    await writeFile(inRoot('media', 'icon.png'), png);
    console.log(`media/icon.png: ${(png.length / 1000).toFixed(1)} kB`);
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

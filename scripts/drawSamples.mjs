import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { browserOptions } from './lib/browser.mjs';
import { inRoot } from './lib/root.mjs';
import { samples } from './samples/list.mjs';

/** node scripts/drawSamples.mjs [FILE…]: draws the pictures of samples, all or only those. */
async function main() {
  const asked = process.argv.slice(2);
  const bundle = await build({
    entryPoints: [inRoot('scripts', 'samples', 'page.mjs')],
    bundle: true,
    write: false,
  });
  const browser = await chromium.launch(await browserOptions());
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: bundle.outputFiles[0].text });
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

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

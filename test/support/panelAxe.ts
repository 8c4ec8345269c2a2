import axe from 'axe-core';
import type { Frame } from 'playwright-core';

/** What axe finds wrong with a page: each rule with the first elements that break it. */
export async function axeViolations(frame: Frame): Promise<readonly string[]> {
  // As text: the page's own policy lets no script in.
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axe.source);
  return frame.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await checker.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => {
      const places = nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`);
      return `${id}: ${help}, ${nodes.length} times\n${places.join('\n')}`;
    });
  });
}

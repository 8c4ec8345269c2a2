import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { setPanelWidth } from './panel';
import { firstTheme, type Theme } from './userSettings';

/** The only rules whose answers depend on colours. */
const ofColours = ['color-contrast', 'link-in-text-block'];

export interface AxeQuestion {
  /** In another theme than the first only colours are asked for: the page's structure is the same. */
  readonly theme?: Theme;
  /** The part that is looked at, a selector. Default: the page. */
  readonly within?: string | undefined;
}

/** What axe finds wrong with a page: each rule with the first elements that break it. */
export async function axeViolations(
  frame: Frame,
  { theme = firstTheme, within }: AxeQuestion = {},
): Promise<readonly string[]> {
  // As text: the page's own policy lets no script in.
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axe.source);
  const rules = theme === firstTheme ? {} : { runOnly: ofColours };
  return frame.evaluate(
    async ([part, some]) => {
      const { axe: checker } = globalThis as unknown as { axe: typeof axe };
      const options = { resultTypes: ['violations' as const], ...some };
      const { violations } = await checker.run(part ?? document, options);
      return violations.map(({ id, help, nodes }) => {
        const places = nodes
          .slice(0, 3)
          .map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`);
        return `${id}: ${help}, ${nodes.length} times\n${places.join('\n')}`;
      });
    },
    [within, rules] as const,
  );
}

export const narrow = 600;

/** What a title says of the widths that `inWidths` looks at. */
export function widthWords(theme: Theme): string {
  return theme === firstTheme ? ', wide and narrow' : '';
}

/**
 * Looks at the panel in the width it has, and at 600 pixels in the first theme: no other lays it out differently, and no
 * width gives it other colours, which unit/webview/styles proves.
 */
export async function inWidths(
  { page, frame, theme }: { readonly page: Page; readonly frame: Frame; readonly theme: Theme },
  look: (what: string) => Promise<void>,
): Promise<void> {
  const wide = await frame.evaluate(() => innerWidth);
  for (const width of theme === firstTheme ? [wide, narrow] : [wide]) {
    await setPanelWidth(page, frame, width);
    await look(`${theme}, ${width} pixels wide`);
  }
  await setPanelWidth(page, frame, wide);
}

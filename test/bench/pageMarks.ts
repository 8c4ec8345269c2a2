import type { Frame, Page } from 'playwright-core';
import type { Measure } from './alternate';

/** When something came about in the panel's page, in milliseconds since 1970. */
type Mark = 'begun' | 'arrived' | 'drawn';

/** What the page is told of a run. */
interface RunMessage {
  readonly method?: string;
  readonly params?: {
    readonly change?: {
      readonly work?: object | null;
      readonly run?: { readonly milliseconds: Readonly<Record<string, number>> } | null;
    };
  };
}

declare const marks: Partial<Record<Mark | 'engine', number>>;

/** Has every page that is loaded from now on note when the host says that work has begun, and when a run arrives and is drawn. */
export async function markPages(page: Page): Promise<void> {
  await page.context().addInitScript(() => {
    const noted: Partial<Record<Mark | 'engine', number>> = {};
    Object.assign(globalThis, { marks: noted });
    addEventListener('message', ({ data }: MessageEvent<RunMessage | undefined>) => {
      const change = data?.method === 'update' ? data.params?.change : undefined;
      if (change?.work) noted.begun ??= Date.now();
      if (!change?.run) return;
      noted.arrived = Date.now();
      noted.engine = Object.values(change.run.milliseconds).reduce((sum, part) => sum + part, 0);
      // The page draws in the next frame; what is asked for behind it comes after.
      requestAnimationFrame(() => setTimeout(() => (noted.drawn = Date.now())));
    });
  });
}

/** Forgets what was noted. */
export async function clearMarks(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    Object.assign(marks, { begun: undefined, arrived: undefined, drawn: undefined });
  });
}

/** How long each part of the way took, from a click to the page painted. */
export async function partsOfWay(
  frame: Frame,
  { clicked, painted }: { readonly clicked: number; readonly painted: number },
): Promise<Readonly<Record<string, number>>> {
  const noted = await frame.evaluate(() => ({ ...marks }));
  const { begun = NaN, arrived = NaN, drawn = NaN, engine = NaN } = noted;
  return {
    'click to the first progress on the page': begun - clicked,
    'first progress to the run on the page': arrived - begun,
    'of these the engine: decode, prepare, forward': engine,
    'run to drawn': drawn - arrived,
    'drawn to painted': painted - drawn,
  };
}

/** The parts of several ways, a row for each. */
export function rowsOf(
  ways: readonly Readonly<Record<string, number>>[],
  of: string,
): readonly Measure[] {
  const names = Object.keys(ways[0] ?? {});
  return names.map((name) => ({
    name: `${of}: ${name}`,
    values: ways.flatMap((way) => way[name] ?? []),
  }));
}

import type { Frame } from 'playwright-core';
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

type Marks = Partial<Record<Mark | 'engine', number | undefined>>;

/**
 * Has the page note from now on when the host says that work has begun, and when a run arrives and is drawn. It is asked
 * once it is there: VS Code writes it into a window whose listeners go by that.
 */
export async function markWay(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const page = globalThis as { marks?: Marks };
    const isMarked = page.marks !== undefined;
    const noted = (page.marks ??= {});
    Object.assign(noted, { begun: undefined, arrived: undefined, drawn: undefined });
    if (isMarked) return;
    addEventListener('message', ({ data }: MessageEvent<RunMessage | undefined>) => {
      const change = data?.method === 'update' ? data.params?.change : undefined;
      if (change?.work) noted.begun ??= Date.now();
      if (!change?.run) return;
      noted.arrived = Date.now();
      noted.engine = Object.values(change.run.milliseconds).reduce((sum, part) => sum + part, 0);
      // The page draws in the next frame, and asked for that before.
      requestAnimationFrame(() => (noted.drawn = Date.now()));
    });
  });
}

/** How long each part of the way took, from a click to the page painted. */
export async function partsOfWay(
  frame: Frame,
  { clicked, painted }: { readonly clicked: number; readonly painted: number },
): Promise<Readonly<Record<string, number>>> {
  const noted = await frame.evaluate(() => ({ ...(globalThis as { marks?: Marks }).marks }));
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

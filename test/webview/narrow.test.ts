import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { axeViolations } from '../support/panelAxe';
import {
  block,
  dressPanel,
  graphTransform,
  openDetails,
  openPanel,
  setPanelWidth,
} from '../support/panel';
import { classify } from '../support/panelPictures';
import { places, placesAtRest } from '../support/panelPlaces';
import { waitUntil } from '../support/waiting';
import { closeWorkbench, openWorkbench } from '../support/workbench';

const widths = [1440, 600, 400] as const;
/** Those under which details are a sheet. */
const slim = [600, 400] as const;

/** The upper and lower end of an element, in the page's pixels. */
interface Span {
  readonly top: number;
  readonly bottom: number;
}

describe('a panel of any width', () => {
  let page: Page;
  let frame: Frame;
  const spanOf = (selector: string): Promise<Span> =>
    frame
      .locator(selector)
      .first()
      .evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return { top, bottom };
      });

  before(async () => {
    page = await openWorkbench({ width: 1790, height: 780 });
    frame = await openPanel(page);
  });
  after(() => closeWorkbench(page));

  it('moves nothing when results arrive', async () => {
    const before = new Map<number, string>();
    for (const width of widths) {
      await setPanelWidth(page, frame, width);
      before.set(width, await placesAtRest(frame));
    }
    frame = await classify(page, 'still-life.jpg');
    for (const width of widths) {
      await setPanelWidth(page, frame, width);
      await waitUntil(`the same places in ${width} pixels`, async () => {
        return (await places(frame)) === before.get(width);
      });
    }
  });

  it('has a header of one row, with nothing cut off and the rest in a menu', async () => {
    for (const width of [1500, 1200, 1000, 800, 600, 500, 400, 320]) {
      await setPanelWidth(page, frame, width);
      const row = await frame.locator('.header').evaluate((header) => {
        const parts = header.querySelectorAll('button:not([role]), select, input');
        const seen = [...parts].filter((part) => part.checkVisibility());
        const rects = seen.map((part) => part.getBoundingClientRect());
        return {
          height: header.getBoundingClientRect().height,
          over: header.scrollWidth - header.clientWidth,
          right: Math.max(...rects.map(({ right }) => right)),
          meet: rects.some((a) =>
            rects.some((b) => a !== b && a.left < b.right - 1 && b.left < a.right - 1),
          ),
        };
      });
      assert.ok(row.height <= 40, `${row.height} pixels high in ${width}`);
      assert.ok(row.over <= 0 && row.right <= width, `${JSON.stringify(row)} in ${width}`);
      assert.equal(row.meet, false, `two lie over each other in ${width}`);
    }
    await frame.locator('#more').focus();
    await page.keyboard.press('Enter');
    const items = await frame.locator('.more-popup [role^=menuitem]').allTextContents();
    assert.deepEqual(
      items.filter((item) => !/ as /.test(item)),
      [
        ...['Tablet', 'Explainw', 'Fitf'],
        ...['Heatmaps: mean', 'Heatmaps: strongest', 'Heatmaps: Grad-CAM'],
        'Presentationb',
      ],
    );
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await frame.getByRole('caption').filter({ hasText: 'Layers of' }).waitFor();
    await page.keyboard.press('t');
    await block(frame, 'input').waitFor();
  });

  for (const width of slim) {
    it(`opens details of a layer as a sheet under it, in ${width} pixels`, async () => {
      await setPanelWidth(page, frame, width);
      await openDetails(frame, 'conv1');
      const isAbove = async (): Promise<boolean> => {
        const { bottom } = await spanOf('[data-layer="conv1"] .face');
        const { top } = await spanOf('.details-pane');
        const { top: graph } = await spanOf('.graph-pane');
        return bottom > graph && bottom <= top;
      };
      await waitUntil('conv1 above its details', isAbove);
      const sheet = await spanOf('.details-pane');
      const height = await frame.evaluate(() => innerHeight);
      assert.ok(sheet.top < height && sheet.bottom <= height, JSON.stringify(sheet));
      await frame.getByRole('button', { name: 'Higher details' }).click();
      await waitUntil(
        'a higher sheet',
        async () => (await spanOf('.details-pane')).top < sheet.top,
      );
      await frame.getByRole('separator', { name: 'Height of the details' }).focus();
      await page.keyboard.press('Home');
      await waitUntil('a lower sheet', async () => (await spanOf('.details-pane')).top > sheet.top);
      await waitUntil('conv1 above its details', isAbove);
      await frame.getByRole('button', { name: 'Higher details' }).click();
      await frame.getByRole('button', { name: 'Lower details' }).click();
      await page.keyboard.press('Escape');
      await frame.locator('.details-pane').waitFor({ state: 'hidden' });
      await frame.locator('[data-layer="conv1"]:focus').waitFor();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await frame.locator('.details-pane:focus').waitFor();
      await frame.getByRole('button', { name: 'Close details' }).click();
      await frame.locator('[data-layer="bn1"]:focus').waitFor();
    });

    it(`shows the picture and its label in a row that opens all of it, in ${width} pixels`, async () => {
      await setPanelWidth(page, frame, width);
      const toggle = frame.locator('.picture-row-toggle');
      const best = await frame.locator('.picture-pane .class-name').first().textContent();
      assert.ok((await toggle.textContent())?.includes(best!), 'the first label');
      await toggle.click();
      await frame.locator('.predictions').waitFor();
      assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
      assert.deepEqual(await axeViolations(frame), []);
      await page.keyboard.press('Escape');
      await frame.locator('.picture-pane').waitFor({ state: 'hidden' });
      await frame.locator('.picture-row-toggle:focus').waitFor();
    });
  }

  it('keeps names legible and says where the graph goes on', async () => {
    for (const width of [1000, ...slim]) {
      await setPanelWidth(page, frame, width);
      if (width === 1000) await openDetails(frame, 'conv1');
      await frame.locator('.graph-pane .more-edges[data-more~="bottom"]').waitFor();
      const [, scale = '0'] = /scale\((.+)\)/.exec(await graphTransform(frame)) ?? [];
      assert.ok(12 * Number(scale) >= 10, `names of ${12 * Number(scale)} pixels in ${width}`);
      await page.keyboard.press('f');
      const before = await graphTransform(frame);
      await frame.locator('svg.graph').hover({ position: { x: 150, y: 150 } });
      await page.mouse.wheel(0, 120);
      await frame.locator('.graph-pane .more-edges[data-more~="top"]').waitFor();
      assert.notEqual(await graphTransform(frame), before);
      await page.keyboard.press('f');
      if (width !== 1000) continue;
      await frame.getByRole('button', { name: 'Close details' }).click();
    }
  });

  it('keeps in sight what stood in the middle of a zoomed graph, whatever its width becomes', async () => {
    await setPanelWidth(page, frame, 400);
    await block(frame, 'conv3').focus();
    for (let times = 0; times < 4; times++) await page.keyboard.press('+');
    const before = await graphTransform(frame);
    const [middle] = await layersInSight(frame);
    for (const width of [1440, 600, 400]) {
      await setPanelWidth(page, frame, width);
      await waitUntil(`${middle} in sight in ${width} pixels`, async () => {
        return (await layersInSight(frame)).includes(middle!);
      });
    }
    const scale = (transform: string): string => /scale\(.+\)/.exec(transform)![0];
    assert.equal(scale(await graphTransform(frame)), scale(before));
    await page.keyboard.press('f');
  });

  it('scrolls the table sideways beside the layers’ names, and says that there is more', async () => {
    await page.keyboard.press('t');
    for (const width of slim) {
      await setPanelWidth(page, frame, width);
      const more = (side: string): Promise<void> =>
        frame.locator(`.table-pane .more-edges[data-more~="${side}"]`).waitFor();
      await more('right');
      const scroller = frame.locator('.table-scroll');
      await scroller.evaluate((each) => each.scrollTo({ left: 150 }));
      await more('left');
      const left = await frame
        .locator('tr[data-row="conv1"] th')
        .evaluate((head) => head.getBoundingClientRect().left);
      assert.equal(left, 0);
      await scroller.evaluate((each) => each.scrollTo({ left: 0 }));
    }
    await page.keyboard.press('t');
  });

  it('ends the hints of keys at whole ones', async () => {
    for (const width of [1440, 1000, 900]) {
      await setPanelWidth(page, frame, width);
      const cut = await frame.locator('.keys').evaluateAll((lists) =>
        lists
          .filter((list) => list.checkVisibility())
          .flatMap((list) => {
            const room = list.getBoundingClientRect();
            const hints = [...list.children].map((hint) => hint.getBoundingClientRect());
            return hints.filter(
              ({ left, right, top }) =>
                top < room.bottom - 2 && (left < room.left - 1 || right > room.right + 1),
            );
          }),
      );
      assert.equal(cut.length, 0, `${cut.length} hints are cut in ${width} pixels`);
    }
  });

  it('is large and calm for a beamer with b, until b or Esc', async () => {
    await setPanelWidth(page, frame, 1440);
    const nameHeight = (): Promise<number> =>
      // In one go: the names are drawn anew when their size changes.
      frame.evaluate(() => {
        const world = document.querySelector<SVGGElement>('svg.graph g.world');
        const name = world?.querySelector('g.node .label .name');
        if (!name) return NaN;
        return parseFloat(getComputedStyle(name).fontSize) * (world?.getScreenCTM()?.a ?? NaN);
      });
    const usual = await nameHeight();
    await block(frame, 'conv1').focus();
    for (const leave of ['b', 'Escape']) {
      await page.keyboard.press('b');
      await frame.locator('#app.presenting').waitFor();
      await waitUntil('large names', async () => (await nameHeight()) >= 1.3 * usual);
      for (const gone of ['.keys', '#weights', '#engine', '#search', '.picture-pane']) {
        assert.equal(await frame.locator(gone).first().isVisible(), false, gone);
      }
      await frame.locator('.picture-row').waitFor();
      assert.deepEqual(await axeViolations(frame), []);
      // The first closes the card.
      if (leave === 'Escape') await page.keyboard.press('Escape');
      await page.keyboard.press(leave);
      await frame.locator('#app:not(.presenting)').waitFor();
      await frame.locator('.picture-pane').waitFor();
      await waitUntil('the usual names', async () => (await nameHeight()) === usual);
    }
  });

  it('gives axe nothing to object to with a sheet, in light and high contrast', async () => {
    for (const [theme, width] of [
      ['light', 400],
      ['high-contrast', 600],
    ] as const) {
      await dressPanel(page, frame, theme);
      await setPanelWidth(page, frame, width);
      await openDetails(frame, 'conv1');
      assert.deepEqual(await axeViolations(frame), [], `${theme}, ${width} pixels wide`);
      await page.keyboard.press('Escape');
    }
  });
});

/** The layers whose middle is within the graph's pane, from its own middle outwards. */
function layersInSight(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() => {
    const pane = document.querySelector('.graph-pane')!.getBoundingClientRect();
    const layers = [...document.querySelectorAll<HTMLElement>('svg.graph [data-layer]')];
    const places = layers.map((layer) => {
      const { x, y, width, height } = layer.getBoundingClientRect();
      const [right, down] = [
        x + width / 2 - pane.x - pane.width / 2,
        y + height / 2 - pane.y - pane.height / 2,
      ];
      return { name: layer.dataset['layer']!, right: Math.abs(right), down: Math.abs(down) };
    });
    return places
      .filter(({ right, down }) => right < pane.width / 2 && down < pane.height / 2)
      .sort((a, b) => a.right + a.down - b.right - b.down)
      .map(({ name }) => name);
  });
}

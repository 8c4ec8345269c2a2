import type { ConvolutionOperands } from '../../../network/layers/operands';
import { isPadding } from '../../../network/tensor/windowPlace';
import { element } from '../../draw/element';
import { reachOf } from './cellColour';
import type { Progress, Stage } from '../stages/stage';
import { channelOf, placeSums, productsOf, type ShownChannels } from '../stages/convolutionStages';
import { spanWords, ValueGrid, type GridMark } from './valueGrid';
import type { Scene } from './scene';

interface SceneOptions {
  readonly operands: ConvolutionOperands;
  readonly source: string;
  readonly shown: ShownChannels;
  readonly nameOf: (channel: number) => string;
  /** A place of a shown channel was clicked; the row counts from the first shown channel. */
  readonly onPick: (row: number, place: number) => void;
}

/** Patch × kernel = products of the shown channels, or what all of them add at each place. */
export function convolutionScene(options: SceneOptions): Scene {
  const { operands, source, shown } = options;
  const where = element('p', { class: 'quiet' }, `${source}, ${spanWords(operands.window)}`);
  const scene = shown === 'all' ? sumsScene(options) : productsScene(options, shown);
  return {
    element: element('div', { class: 'scene' }, where, ...scene.elements),
    step: scene.step,
  };
}

interface Part {
  readonly elements: readonly HTMLElement[];
  readonly step: Scene['step'];
}

function sumsScene({ operands, onPick }: SceneOptions): Part {
  const { window, channels } = operands;
  const grid = new ValueGrid(window, (place) => onPick(0, place));
  const padding = (place: number): boolean => isPadding(window, place);
  const name = `Products of all ${channels} channels`;
  grid.show({ name, values: placeSums(operands), isPadding: padding });
  return {
    elements: [element('div', { class: 'all-products' }, grid.element)],
    step: (stages, at) => grid.mark(markOf(stages, at, 0)),
  };
}

function productsScene(options: SceneOptions, shown: readonly number[]): Part {
  const rows = shown.map((channel, row) => new ProductRow(options, channel, row));
  const heads = ['', 'patch', '', 'kernel', '', 'products'].map((text) =>
    element('span', {}, text),
  );
  const named = rows.length > 1 ? 'products named' : 'products';
  return {
    elements: [
      element(
        'div',
        { class: named },
        element('div', { class: 'product-row heads', 'aria-hidden': 'true' }, ...heads),
        ...rows.map((row) => row.element),
      ),
    ],
    step(stages, at) {
      const adding = stages[at.stage]?.id === 'channels';
      for (const [index, row] of rows.entries()) {
        // One row shows each channel in turn as it is added; three stand side by side.
        if (rows.length === 1) row.show(adding ? at.step : (shown[0] ?? 0));
        row.mark(adding ? {} : markOf(stages, at, index), adding && at.step === shown[index]);
      }
    },
  };
}

/** The row's own stage comes as the row's number. */
function markOf(stages: readonly Stage[], at: Progress, row: number): GridMark {
  if (at.stage > row || stages[at.stage]?.id !== 'products') return {};
  if (at.stage < row) return { pendingFrom: 0 };
  return { current: at.step, pendingFrom: at.step + 1 };
}

/** Three grids in a line: patch × kernel = products, of one input channel. */
class ProductRow {
  readonly element: HTMLElement;
  private readonly label = element('span', { class: 'row-label' });
  private readonly grids: readonly [ValueGrid, ValueGrid, ValueGrid];
  private channel: number | undefined;

  constructor(
    private readonly options: SceneOptions,
    channel: number,
    row: number,
  ) {
    const { window } = options.operands;
    const grid = (): ValueGrid => new ValueGrid(window, (place) => options.onPick(row, place));
    this.grids = [grid(), grid(), grid()];
    const [patch, kernel, products] = this.grids;
    this.element = element(
      'div',
      { class: 'product-row' },
      this.label,
      patch.element,
      element('span', { class: 'operator' }, '×'),
      kernel.element,
      element('span', { class: 'operator' }, '='),
      products.element,
    );
    this.show(channel);
  }

  show(channel: number): void {
    if (channel === this.channel) return;
    this.channel = channel;
    const { operands, nameOf } = this.options;
    const padding = (place: number): boolean => isPadding(operands.window, place);
    const [patch, kernel, products] = this.grids;
    const inputs = channelOf(operands.inputs, operands, channel);
    const weights = channelOf(operands.kernel, operands, channel);
    const reach = reachOf(operands.inputs);
    const name = nameOf(channel);
    patch.show({ name: `Patch, ${name}`, values: inputs, isPadding: padding, reach });
    kernel.show({
      name: `Kernel, ${name}`,
      values: weights,
      isPadding: () => false,
      reach: reachOf(operands.kernel),
    });
    const sums = productsOf(operands, channel);
    products.show({ name: `Products, ${name}`, values: sums, isPadding: padding });
    this.label.textContent = name;
  }

  mark({ current, pendingFrom }: GridMark, whole: boolean): void {
    const [patch, kernel, products] = this.grids;
    patch.mark({ current });
    kernel.mark({ current });
    products.mark({ current, pendingFrom });
    this.element.classList.toggle('current', whole);
  }
}

import { inputName, layerNamed } from '../../network/network';
import type { LayerSummary } from '../../network/summary';
import type { Cell } from '../../network/tensor/cell';
import type { Operands } from '../../network/layers/operands';
import { elementPlace } from '../../network/tensor/windowPlace';
import type { ValueExplanation } from '../../protocol/engineProtocol';
import type { Actions } from '../state/actions';
import type { Tab } from '../state/tab';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { ResourceNote } from '../draw/resource';
import type { ProbeMarks } from '../probe/probeMarks';
import { channelOf, type Model } from '../state/model';
import { CellChooser } from './cellChooser';
import { chosenCell } from './chosenCell';
import { ExplanationView } from './explanationView';

/** One value of a layer, chosen by the person, and the steps that led to it. */
export class ValuesTab implements Tab {
  readonly id = 'values';
  readonly label = 'Values';
  readonly element = element('div', { class: 'details-body values-body' });
  private readonly chooser: CellChooser;
  private readonly view = new ExplanationView();
  private readonly note: ResourceNote;
  private readonly link: HTMLButtonElement;
  private readonly changed = dirtyCheck();
  private goToSource: (() => void) | undefined;

  constructor(private readonly actions: Actions) {
    this.note = new ResourceNote(actions.askAgain);
    this.chooser = new CellChooser((cell) => actions.look({ ...cell }), actions.probe);
    this.link = button('', () => this.goToSource?.(), { kind: 'link', hidden: true });
    this.element.append(this.chooser.element, this.note.element, this.view.element, this.link);
  }

  shows({ kind }: LayerSummary): boolean {
    return kind !== 'InputLayer';
  }

  update(model: Model, summary: LayerSummary): void {
    const { run, data, view } = model;
    const activation = run && data.activation(run.runId, summary.name);
    const ready = activation?.status === 'ready';
    this.chooser.element.hidden = !ready;
    if (!run || !ready) {
      this.view.element.hidden = true;
      this.link.hidden = true;
      if (run) this.note.update(activation, `the values of ${summary.name}`);
      else this.note.empty('Classify a picture to see how each value comes about.');
      return;
    }
    const { shape, data: values } = activation.value;
    const cell = chosenCell({ ...view, channel: channelOf(model, summary) }, shape, values);
    this.chooser.update({ layer: summary.name, shape, data: values, cell });
    const explained = data.explainValue({ runId: run.runId, layer: summary.name, ...cell });
    const loading = explained.status === 'loading';
    this.view.element.setAttribute('aria-busy', String(loading));
    // The steps to the value before stay until the next are there.
    const shown = loading && !this.view.element.hidden ? undefined : explained;
    this.note.update(shown, `how the value comes about`);
    if (explained.status === 'failed') this.view.element.hidden = true;
    if (explained.status !== 'ready') return;
    this.view.element.hidden = false;
    if (this.changed(explained.value)) this.explain(model, summary, cell, explained.value);
  }

  probe(marks: ProbeMarks | undefined): void {
    this.chooser.probe(marks);
  }

  private explain(
    { shown, run }: Model,
    summary: LayerSummary,
    cell: Cell,
    explanation: ValueExplanation,
  ): void {
    const { network } = shown.variant;
    const { sources, operands } = explanation;
    const source = sources['input' in operands ? operands.input : 0] ?? '';
    const ofPicture = source === inputName(network);
    this.view.show({
      summary,
      cell,
      explanation,
      colours: ofPicture ? run?.preprocess.order : undefined,
    });
    this.link.hidden = ofPicture;
    this.link.textContent = `Where the inputs come from: ${source}`;
    const inside = layerNamed(network, source).outputShape;
    this.goToSource = () =>
      this.actions.look({ ...sourceCell(operands, cell, inside), selected: source });
  }
}

/** A value that went in, to look at next: the middle of a window, or the input that was passed on. */
function sourceCell(
  operands: Operands,
  cell: Cell,
  [height = 1, width = 1]: readonly number[],
): Cell {
  switch (operands.kind) {
    case 'Conv2D':
    case 'MaxPooling2D':
    case 'AveragePooling2D':
    case 'AdaptiveAveragePooling2D':
    case 'GlobalAveragePooling2D': {
      const { window } = operands;
      const centre = Math.floor(window.rows / 2) * window.columns + Math.floor(window.columns / 2);
      const place = elementPlace(window, centre);
      const inside = (at: number, side: number): number => Math.min(side - 1, Math.max(0, at));
      const channel = operands.kind === 'Conv2D' ? operands.firstChannel : cell.channel;
      return { row: inside(place.row, height), column: inside(place.column, width), channel };
    }
    case 'Flatten':
    case 'Dropout':
    case 'Concatenate':
    case 'ZeroPadding2D':
      return operands.from ?? cell;
    case 'BatchNormalization':
    case 'LocalResponseNormalization':
    case 'Softmax':
    case 'Activation':
    case 'Merge':
      return cell;
    case 'Dense':
      return { row: 0, column: 0, channel: 0 };
  }
}

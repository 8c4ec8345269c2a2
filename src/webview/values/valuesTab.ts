import { inputName, layerNamed } from '../../network/network';
import type { LayerSummary } from '../../network/summary';
import type { Cell } from '../../network/tensor/cell';
import type { ValueExplanation } from '../../protocol/engineProtocol';
import type { Actions } from '../state/actions';
import type { Tab } from '../state/tab';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { ResourceNote } from '../draw/resource';
import { sourceCell, sourcesOf } from '../layers/explanation';
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
  private readonly ask: HTMLButtonElement;
  private readonly links = element('p', { class: 'source-links', hidden: true });
  private readonly changed = dirtyCheck();
  private readonly layerChanged = dirtyCheck();
  private chosen: { readonly layer: string; readonly cell: Cell } | undefined;

  constructor(private readonly actions: Actions) {
    this.note = new ResourceNote(actions.askAgain);
    this.chooser = new CellChooser((cell) => actions.look({ ...cell }), actions.probe);
    this.ask = button('Explain this unit', () => this.explainUnit(), {
      kind: 'secondary small value-ask',
      title: 'What in the picture it answers to',
      hidden: true,
    });
    this.element.append(
      ...[this.chooser.element, this.ask],
      ...[this.note.element, this.view.element, this.links],
    );
  }

  shows({ kind }: LayerSummary): boolean {
    return kind !== 'InputLayer';
  }

  update(model: Model, summary: LayerSummary): void {
    const { run, data, view } = model;
    const activation = run && data.activation(run.runId, summary.name);
    const ready = activation?.status === 'ready';
    const isOther = this.layerChanged(summary.name);
    if (activation?.status === 'loading' && !isOther && !this.view.element.hidden) {
      // The steps of the run before stay until the next are there.
      this.view.element.setAttribute('aria-busy', 'true');
      return;
    }
    this.chooser.element.hidden = this.ask.hidden = !ready;
    if (!run || !ready) {
      this.view.element.hidden = true;
      this.links.hidden = true;
      if (run) this.note.update(activation, `the values of ${summary.name}`);
      else this.note.empty('Classify a picture to see how each value comes about.');
      return;
    }
    const { shape, data: values } = activation.value;
    const cell = chosenCell({ ...view, channel: channelOf(model, summary) }, shape, values);
    this.chosen = { layer: summary.name, cell };
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

  private explainUnit(): void {
    if (!this.chosen) return;
    const { layer, cell } = this.chosen;
    this.actions.explainUnit({ layer, unit: [cell.row, cell.column, cell.channel] });
  }

  private explain(
    { shown, run }: Model,
    summary: LayerSummary,
    cell: Cell,
    explanation: ValueExplanation,
  ): void {
    const { network } = shown.document;
    const sources = sourcesOf(explanation);
    const ofPicture = sources[0] === inputName(network);
    this.view.show({
      summary,
      cell,
      explanation,
      // A grey picture has none.
      colours: ofPicture && run?.channels.length === 3 ? run.preprocess.order : undefined,
    });
    this.links.hidden = ofPicture && sources.length === 1;
    const links = sources.map((source) => {
      const inside = layerNamed(network, source).outputShape;
      const to = { ...sourceCell(explanation.operands, cell, inside), selected: source };
      return { source, go: () => this.actions.look(to) };
    });
    this.links.replaceChildren(...linksTo(links));
  }
}

/** One link that says all, or one for each of several inputs. */
function linksTo(
  links: readonly { readonly source: string; readonly go: () => void }[],
): readonly (Node | string)[] {
  const words = 'Where the inputs come from: ';
  const [first, second] = links;
  if (first && !second) return [button(`${words}${first.source}`, first.go, { kind: 'link' })];
  const made = links.map(({ source, go }) => button(source, go, { kind: 'link' }));
  return [words, ...made.flatMap((link, at) => (at === 0 ? [link] : [', ', link]))];
}

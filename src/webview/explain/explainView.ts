import { explanationPlaces, type Explanation } from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import { isChanging } from '../state/changedRun';
import { firstExplainLook, type ExplainLook } from '../state/explainLook';
import type { Explaining } from '../state/explanationReads';
import type { Model } from '../state/model';
import { Eraser } from '../whatIf/eraser';
import { answerParts } from './answer';
import { FaithfulnessChart } from './curveChart';
import { drawnMap, mapSoFar } from './drawnMap';
import { EmptyNote } from './emptyNote';
import { ExplainControls } from './explainControls';
import { ExplainedPicture } from './explainedPicture';
import { questionWords, type Named } from './explainWords';
import { answersOf, baselineRun, namesOf } from './shownAnswer';
import { knownAnswers, ownReach, reachFor, scalesOf } from './knownAnswers';
import { LabelList } from './labelList';
import { ExplainLooks } from './mapLooks';
import { nextMethodSort } from './methodSort';
import { MethodTable } from './methodTable';
import { methodWords, unitOf } from './methodWords';
import { OldNote } from './oldNote';
import { ProgressNote } from './progressNote';
import { lastConvolution, questionOf, type Question } from './question';
import { SanitySection } from './sanitySection';
import { kindOf } from './unitTarget';

interface Saying {
  readonly question: Question;
  readonly named: Named;
  readonly look: ExplainLook;
  readonly reach: number;
  /** The run whose picture is the baseline, where it is one's. */
  readonly other: RunView | undefined;
}

/** Why the picture was, or was not, taken for a class: a map over it, what it says, and all methods side by side. */
export class ExplainView {
  readonly element = element('section', {
    class: 'explain-pane',
    'aria-label': 'Explanation',
    hidden: true,
  });
  private readonly controls: ExplainControls;
  private readonly empty: EmptyNote;
  private readonly old: OldNote;
  private readonly picture: ExplainedPicture;
  private readonly looks: ExplainLooks;
  /** The map over the picture, in whose place the eraser may be. */
  private readonly map: HTMLElement;
  private readonly eraser: Eraser;
  private readonly erase: HTMLButtonElement;
  private readonly title = element('h2', { class: 'explain-title' });
  private readonly progress: ProgressNote;
  private readonly answer = element('div', { class: 'explain-answer' });
  private readonly labels: LabelList;
  private readonly chart: FaithfulnessChart;
  private readonly table: MethodTable;
  private readonly sanity: SanitySection;
  private readonly main: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly answerChanged = dirtyCheck();
  /** The run whose methods are being compared. */
  private compared: number | undefined;
  /** The run whose maps are measured as they are looked at. */
  private measured: number | undefined;
  /** What was there last. */
  private last: { readonly explanation: Explanation; readonly question: Question } | undefined;
  private model: Model | undefined;

  constructor(private readonly actions: Actions) {
    const { look, tell, askAgain } = actions;
    this.controls = new ExplainControls(actions, () => this.focus());
    this.empty = new EmptyNote(actions);
    this.old = new OldNote(actions);
    this.picture = new ExplainedPicture(actions.probe);
    this.looks = new ExplainLooks(actions);
    this.progress = new ProgressNote({ stop: () => tell('cancelWork'), askAgain });
    this.labels = new LabelList(actions);
    this.chart = new FaithfulnessChart(() => this.measure());
    this.table = new MethodTable({
      choose: (method) => this.enlarge(() => look({ explain: { method } })),
      compare: () => this.compare(true),
      stop: () => this.compare(false),
      sort: (by) => {
        const { explain } = this.model?.view ?? { explain: firstExplainLook };
        look({ explain: nextMethodSort(explain, by) });
      },
    });
    this.sanity = new SanitySection(actions, () => {
      this.measured = undefined;
      this.compare(false);
    });
    this.eraser = new Eraser(actions);
    this.erase = button('', () => this.toggleEraser(), { kind: 'secondary small erase-toggle' });
    this.map = element(
      'div',
      { class: 'explain-figure' },
      this.picture.element,
      this.looks.element,
    );
    const figure = element(
      'div',
      { class: 'explain-figure' },
      this.map,
      this.eraser.element,
      this.erase,
    );
    const words = element(
      'div',
      { class: 'explain-words' },
      this.title,
      this.old.element,
      this.progress.element,
      this.answer,
      this.chart.element,
      this.labels.element,
    );
    this.main = element('div', { class: 'explain-main' }, figure, words);
    this.scroller = element(
      'div',
      { class: 'explain-scroll', role: 'region', 'aria-label': 'What spoke for it', tabindex: 0 },
      this.main,
      this.table.element,
      this.sanity.element,
      this.empty.element,
    );
    this.element.append(this.controls.element, this.scroller);
  }

  update(model: Model): void {
    const { state, view, data, run } = model;
    this.model = model;
    if (run) data.runs.note(run);
    this.element.hidden = view.view !== 'explain';
    const question = this.element.hidden ? undefined : questionOf(model);
    if (!question) data.whys.endAllBut([]);
    if (this.element.hidden) return;
    const isEmpty = question === undefined;
    this.empty.element.hidden = !isEmpty;
    for (const part of [this.controls, this.table, this.sanity]) part.element.hidden = isEmpty;
    this.main.hidden = isEmpty;
    if (!question) {
      this.empty.update(state);
      return;
    }
    this.element.setAttribute('aria-busy', String(model.isRenewed));
    this.old.update(model);
    this.controls.update(question, model);
    this.labels.update(question);
    this.showEraser(model);
    this.explain(model, question);
  }

  focus(): void {
    const isErasing = this.model?.view.explain.erasing === true && !this.main.hidden;
    if (isErasing) this.eraser.focus();
    else this.scroller.focus();
  }

  private explain(model: Model, question: Question): void {
    const { data, view, isOld } = model;
    const look = view.explain;
    const { run } = question;
    const isLate = isChanging(model.state);
    const asking = {
      mayAsk: !isOld && !isLate,
      compares: this.compared === run.runId,
      measures: this.measured === run.runId,
    };
    const known = knownAnswers(data.whys, question, asking);
    const { large, states, isComparing, isMeasuring } = known;
    const found = large?.status === 'ready' ? large.value.faithfulness : undefined;
    this.chart.update(found, { isMeasuring, isReady: large?.status === 'ready' && !isOld });
    const named = namesOf(model, question);
    if (large?.status === 'ready') this.last = { explanation: large.value, question };
    const scales = scalesOf(answersOf(model, run), question, look.grain);
    const reach = reachFor(scales, question.method, look.scale);
    this.title.textContent = questionWords(named);
    this.scroller.setAttribute('aria-label', questionWords(named));
    this.progress.update(isLate ? undefined : large, whatOf(question));
    this.drawMap(question, large, { look, reach });
    const other = large?.status === 'ready' ? baselineRun(large.value, data.runs) : undefined;
    this.sayAnswer(large, { question, named, look, reach, other });
    this.table.update({ question, look, states, scales, isComparing });
    this.sanity.update({
      question,
      tested: look.tested,
      reads: data.sanity,
      isOld,
      isMapAsked: large?.status === 'loading',
      isRowAsked: isComparing || isMeasuring,
    });
  }

  /** What is there; until then what was there last of this picture, dimmed, or what there is of it so far. */
  private drawMap(
    question: Question,
    large: Explaining | undefined,
    { look, reach }: { readonly look: ExplainLook; readonly reach: number },
  ): void {
    const { run, network, method } = question;
    const { opacity, threshold, grain } = look;
    const soFar = large && 'progress' in large ? large.progress.map : undefined;
    const before = this.last?.question.run.preview === run.preview ? this.last : undefined;
    const explanation = large?.status === 'ready' ? large.value : before?.explanation;
    const partial = soFar && mapSoFar(soFar, question, grain);
    const map = partial ?? (explanation && drawnMap(explanation, network, grain));
    const isLate = large?.status !== 'ready' && partial === undefined;
    const shown = isLate && before ? before.question.method : method;
    const isOld = isLate || this.model?.isOld === true;
    const kind = kindOf(question.unit);
    // A part of one value; logits are a unit of their own.
    const unit = `${kind === 'class' ? '' : 'of '}${unitOf(shown, kind)}`;
    const name = 'The picture with the map over it: arrows walk its cells';
    const drawn = { seen: run.seen, map, opacity, threshold, isOld, unit };
    // A map of before may be by another method, on another scale.
    const far = isLate ? ownReach(map) : reach || ownReach(map);
    this.picture.update({ ...drawn, reach: far }, name);
    this.looks.update(look, {
      ofPixels: explanationPlaces[method] === 'pixels',
      shares: methodWords[method].unit === 'logits' ? kind : undefined,
    });
  }

  private sayAnswer(
    large: Explaining | undefined,
    { question, named, look, reach, other }: Saying,
  ): void {
    const explanation = large?.status === 'ready' ? large.value : undefined;
    this.answer.classList.toggle('explain-old', explanation === undefined);
    if (!explanation) return;
    const { threshold, grain, scale } = look;
    const { run, network } = question;
    const { target, minus } = named;
    if (!this.answerChanged(explanation, run, target, minus, reach, threshold, grain, scale))
      return;
    const values = drawnMap(explanation, network, grain).maps.data;
    this.answer.replaceChildren(
      ...answerParts({ explanation, run, named, values, reach, look, other }),
    );
  }

  private showEraser(model: Model): void {
    const { erasing } = model.view.explain;
    this.map.hidden = erasing;
    this.eraser.element.hidden = !erasing;
    const words = erasing ? 'Back to the map' : 'Erase parts of the picture';
    if (this.erase.textContent !== words) this.erase.textContent = words;
    if (erasing) this.eraser.update(model);
  }

  private toggleEraser(): void {
    const erasing = this.model?.view.explain.erasing !== true;
    this.actions.look({ explain: { erasing } });
    if (erasing) this.eraser.focus();
  }

  private measure(): void {
    this.measured = this.model?.run?.runId;
    this.actions.askAgain();
  }

  private compare(compares: boolean): void {
    this.compared = compares ? this.model?.run?.runId : undefined;
    // What was stopped before is asked for again, and all of it is drawn.
    this.actions.askAgain();
  }

  /** A row became the large one, which may be out of sight. */
  private enlarge(choose: () => void): void {
    choose();
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.main.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
  }
}

/** `Grad-CAM of conv5`, `Occlusion`. */
function whatOf({ method, layer, network, unit }: Question): string {
  const { title } = methodWords[method];
  const of = layer ?? lastConvolution(network, unit);
  return explanationPlaces[method] === 'cells' && of !== undefined ? `${title} of ${of}` : title;
}

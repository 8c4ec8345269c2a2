import { changedParts } from '../../network/preprocess/changedParts';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { inputShape } from '../../network/inputShape';
import type { RunView } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import { stepNotes } from './stepRows';
import { preprocessWords } from './preprocessWords';
import type { Model } from '../state/model';
import type { ProbeMarks } from '../probe/probeMarks';
import type { ProbeSurface } from '../probe/probeSurface';
import { phrase } from '../draw/phrase';
import { preparedNotes } from './preparedFrom';
import { PreprocessForm } from './preprocessForm';
import { PreprocessSteps } from './preprocessSteps';
import { probedSeen } from '../probe/probedPicture';
import { tensorTable } from './tensorTable';

const stepsId = 'preprocess-steps';

/** How the picture became the tensor that the network saw: in one line, or step by step to look at and to change. */
export class PreprocessPane {
  readonly element: HTMLElement;
  private readonly summary = element('div', { class: 'seen' });
  private readonly toggle: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly published = element('span', { class: 'quiet' }, 'As published');
  private readonly from = element('div', { class: 'prepared' });
  private readonly otherwise = element('div', { class: 'note', hidden: true });
  private readonly steps = new PreprocessSteps(stepsId);
  private readonly form: PreprocessForm;
  private readonly settingsChanged = dirtyCheck();
  private readonly runChanged = dirtyCheck();
  private readonly fromChanged = dirtyCheck();
  private readonly otherwiseChanged = dirtyCheck();
  private model: Model | undefined;
  private refused = false;
  private seen: ProbeSurface | undefined;

  constructor(private readonly actions: Actions) {
    this.toggle = button('Steps', () => actions.look({ steps: !this.model?.view.steps }), {
      kind: 'link disclosure',
      'aria-label': 'Steps of the preprocessing',
      'aria-controls': stepsId,
    });
    this.toggle.append(icon('chevron'));
    this.back = button('Back to the published preprocessing', () => this.goBack(), {
      kind: 'secondary small',
    });
    this.form = new PreprocessForm(this.steps, {
      onChange: (settings) => this.send(settings),
      onCheck: (refused) => {
        this.refused = refused;
        this.showBack();
      },
    });
    const head = element('div', { class: 'pane-part-head' }, element('h2', {}, 'Preprocessing'));
    head.append(this.toggle);
    this.element = element('div', { class: 'pane-part preprocessing' });
    // One line for both: nothing moves when the first step is changed.
    const published = element('div', { class: 'published-line' }, this.published, this.back);
    this.element.append(head, this.summary, this.from, published, this.otherwise);
    this.element.append(this.steps.element);
  }

  update(model: Model): void {
    const { state, shown, run, view } = model;
    this.model = model;
    this.element.hidden = !state.run;
    const { settings, published } = state.preprocess;
    const shape = inputShape(shown.document.network);
    const [height, width, channels] = shape;
    if (this.settingsChanged(state.preprocess, shown)) {
      this.form.update(settings, { width, height, channels });
      const whose = shown.document.preparedFrom === undefined ? 'Published' : 'The model’s own';
      this.steps.mark(changedParts(settings, published), published, whose);
    }
    if (!state.run) return;
    const idle = state.work === undefined;
    if (this.runChanged(state.preprocess, shown, state.run, view.steps)) {
      this.toggle.setAttribute('aria-expanded', String(view.steps));
      this.steps.element.hidden = !view.steps;
      this.summary.hidden = view.steps;
      this.steps.note(stepNotes(state.run, settings, shape));
      this.showSeen(state.run, run !== undefined);
      this.showBack();
    }
    if (this.otherwiseChanged(state.preprocess, run, idle)) this.showOtherwise(run, idle);
  }

  probe(marks: ProbeMarks | undefined): void {
    this.seen?.mark(marks?.seen ? [marks.seen] : []);
  }

  /** Shows the network's input in the summary or, while the steps are open, at the step that produced it. */
  private showSeen(run: RunView, fresh: boolean): void {
    const { seen, preprocess } = run;
    this.seen = probedSeen(run, this.actions.probe);
    const image = this.seen.element;
    if (this.summary.hidden) this.summary.replaceChildren();
    else {
      const words = preprocessWords([seen.height, seen.width, run.channels.length], preprocess);
      this.summary.replaceChildren(image, element('p', {}, ...phrase(words, ', ')));
    }
    this.steps.show('fit', ...(this.summary.hidden && fresh ? [image] : []));
    this.steps.show('tensor', ...(this.summary.hidden && fresh ? [tensorTable(run)] : []));
  }

  /** A run through the API, or a cancelled one, leaves a result that was prepared with other settings: says so. */
  private showOtherwise(run: RunView | undefined, idle: boolean): void {
    const { settings } = this.model?.state.preprocess ?? {};
    const differs =
      run && settings && Object.keys(changedParts(run.preprocess, settings)).length > 0;
    this.otherwise.hidden = !(differs && idle);
    if (this.otherwise.hidden || !settings) return;
    this.otherwise.replaceChildren(
      element('p', { role: 'status' }, 'This result was prepared with other settings than these.'),
      button('Classify again', () => this.actions.tell('runAgain'), { kind: 'link' }),
    );
  }

  private showBack(): void {
    const { settings, published } = this.model?.state.preprocess ?? {};
    const differs =
      settings && published && Object.keys(changedParts(settings, published)).length > 0;
    const { document } = this.model?.shown ?? {};
    const isOpened = document?.preparedFrom !== undefined;
    this.back.hidden = !(this.refused || differs);
    this.back.textContent = `Back to ${isOpened ? 'the model’s own' : 'the published'} preprocessing`;
    this.published.hidden = isOpened || !this.back.hidden || this.steps.element.hidden;
    if (!document || !this.fromChanged(document, differs)) return;
    const chooseSize = (): void => this.actions.tell('chooseSize');
    this.from.replaceChildren(...preparedNotes(document, differs === true, chooseSize));
  }

  private send(preprocess: Preprocess | null): void {
    if (!this.model) return;
    const { documentId } = this.model.state;
    this.actions.tell('setPreprocess', { documentId, preprocess });
  }

  /** The button hides itself once it has worked, so focus moves to the control beside it first. */
  private goBack(): void {
    this.toggle.focus();
    this.send(null);
  }
}

import type { PreprocessParts } from '../../network/preprocess/changedParts';
import type { PreprocessPart } from '../../network/preprocess/checkPreprocess';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { element } from '../draw/element';
import { phrase } from '../draw/phrase';
import { PreprocessFields } from './preprocessFields';
import { partWords } from './preprocessWords';
import { stepIds, stepOf, stepParts, type StepId } from './stepRows';

const titles: Readonly<Record<StepId, string>> = {
  decode: 'Decode',
  fit: 'Fit',
  scale: 'Scale',
  order: 'Channel order',
  mean: 'Minus mean',
  std: 'Over standard deviation',
  tensor: 'Tensor',
};

/** Steps with one short control: it stands on the line of the title. */
const besideTitle: readonly StepId[] = ['scale', 'order'];

interface Step {
  readonly element: HTMLElement;
  readonly note: HTMLElement;
  readonly mark: HTMLElement;
  readonly sentence: HTMLElement;
  /** For pictures and tables. */
  readonly body: HTMLElement;
}

/** The numbered steps from a file to the tensor: numbers, controls, what was changed, what was refused. */
export class PreprocessSteps {
  readonly element: HTMLElement;
  readonly fields = new PreprocessFields();
  private readonly steps: Readonly<Record<StepId, Step>>;

  constructor(id: string) {
    const { content } = this.fields;
    const made = stepIds.map((step) => [step, makeStep(step, content[step] ?? [])] as const);
    this.steps = Object.fromEntries(made) as Record<StepId, Step>;
    this.element = element('ol', { class: 'steps', id }, ...made.map(([, step]) => step.element));
  }

  note(notes: Readonly<Record<StepId, string>>): void {
    for (const step of stepIds)
      this.steps[step].note.replaceChildren(...phrase(notes[step], ' → '));
  }

  /** Says at each step whether it differs from what is published, and what that is; `whose` names it. */
  mark(changed: PreprocessParts, published: Preprocess, whose = 'Published'): void {
    for (const step of stepIds) {
      const { mark } = this.steps[step];
      const parts = stepParts[step].filter((part) => part in changed);
      const was = parts.map((part) => partWords(part, published)).join(', ');
      mark.textContent = parts.length > 0 ? 'changed' : '';
      mark.title = parts.length > 0 ? `${whose}: ${was}` : '';
    }
  }

  /** Shows why a part is refused; undefined takes it away. */
  refuse(why: { readonly part: PreprocessPart; readonly sentence: string } | undefined): void {
    const refused = why && stepOf(why.part);
    for (const step of stepIds) {
      const { sentence } = this.steps[step];
      const words = why && step === refused ? why.sentence : '';
      // A live region: written only when it changes, or every key would read it out again.
      if (sentence.textContent !== words) sentence.textContent = words;
      this.fields.refuse(step, step === refused ? sentence.id : undefined);
    }
  }

  show(step: StepId, ...content: readonly HTMLElement[]): void {
    this.steps[step].body.replaceChildren(...content);
  }
}

function makeStep(step: StepId, controls: readonly HTMLElement[]): Step {
  const title = titles[step];
  const note = element('span', { class: 'step-note quiet' });
  const mark = element('span', { class: 'changed' });
  const sentence = element('p', {
    class: 'refusal',
    id: `refused-${step}`,
    'aria-live': 'assertive',
  });
  const body = element('div', { class: 'step-body' });
  const fields = element('div', { class: 'step-fields' }, ...controls);
  fields.hidden = controls.length === 0;
  const beside = besideTitle.includes(step);
  const head = element(
    'div',
    { class: 'step-head' },
    element('h3', {}, title),
    mark,
    ...(beside ? [fields] : []),
    note,
  );
  const rest = [...(beside ? [] : [fields]), sentence, body];
  return {
    element: element('li', { 'data-step': step }, head, ...rest),
    note,
    mark,
    sentence,
    body,
  };
}

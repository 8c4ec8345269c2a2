import { checkPreprocess, PreprocessError } from '../../network/preprocess/checkPreprocess';
import type { Size } from '../../network/preprocess/fitSizes';
import type { Preprocess } from '../../network/preprocess/preprocess';
import { settled } from '../draw/redraw';
import { sentence } from '../draw/resource';
import { draftOf, readDraft } from './preprocessDraft';
import type { PreprocessSteps } from './preprocessSteps';

/** Long enough to type a number, short enough to see what it does. */
const pauseMilliseconds = 400;

/** What the person sets in the steps' fields, checked as the engine checks it before it goes to the host. */
export class PreprocessForm {
  private input: Size = { width: 1, height: 1 };
  private settings = '';
  /** What was sent and did not come back from the host yet, the oldest first. */
  private awaited: readonly string[] = [];
  private readonly submit = settled(() => this.read(), pauseMilliseconds);

  constructor(
    private readonly steps: PreprocessSteps,
    private readonly options: {
      readonly onChange: (settings: Preprocess) => void;
      /** Whether what stands in the fields is refused. */
      readonly onCheck: (refused: boolean) => void;
    },
  ) {
    const { element, fields } = steps;
    element.addEventListener('input', () => {
      fields.label();
      this.submit.soon();
    });
    element.addEventListener('change', ({ target }) => {
      // Choices are waited for too: the arrows walk through all of them.
      if (target instanceof HTMLInputElement) this.submit.now();
    });
  }

  /** Shows the host's settings, unless they are an echo of what was typed here: more may have been typed since. */
  update(settings: Preprocess, { channels, ...input }: Size & { readonly channels: number }): void {
    this.steps.fields.isGrey = channels === 1;
    const key = keyOf(settings);
    const answered = this.awaited.indexOf(key);
    const isAnswer = answered >= 0 && sameSize(input, this.input);
    this.input = input;
    if (isAnswer) this.awaited = this.awaited.slice(answered + 1);
    else this.write(settings);
  }

  /** Discards what was typed and shows these settings. */
  private write(settings: Preprocess): void {
    this.submit.never();
    this.awaited = [];
    this.settings = keyOf(settings);
    this.steps.fields.write(draftOf(settings));
    this.refuse(undefined);
  }

  private read(): void {
    try {
      const settings = checkPreprocess(readDraft(this.steps.fields.read()), this.input);
      this.refuse(undefined);
      const key = keyOf(settings);
      if (key === this.settings) return;
      this.settings = key;
      this.awaited = [...this.awaited, key];
      this.options.onChange(settings);
    } catch (error) {
      if (!(error instanceof PreprocessError)) throw error;
      this.refuse(error);
    }
  }

  private refuse(error: PreprocessError | undefined): void {
    this.steps.refuse(error && { part: error.part ?? 'fit', sentence: sentence(error.message) });
    this.options.onCheck(error !== undefined);
  }
}

/** A key to compare settings by; their fields are always in the same order. */
function keyOf(settings: Preprocess): string {
  return JSON.stringify(settings);
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}
